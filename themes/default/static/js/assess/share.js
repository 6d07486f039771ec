// A link that carries answers: nothing but which answer each criterion has, packed into some hundred characters.
//
// Bytes, as base64url: version, day (two), hash of the model (four); then for each practice with answers three bytes that stand
// for its id and its criteria, their number, and their answers by id, three to a byte. A practice whose criteria have changed
// since is recognised as unknown, whatever became of the others.

import { ANSWERS } from "./entry.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./model.js").Practice} Practice */

const LINK_VERSION = 1;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2020, 0, 1);
/** Answers to a byte: the five, and none, three times. */
const EACH = 3;
const KINDS = ANSWERS.length + 1;

/** Characters of a link that every chat and mail passes on whole. */
export const LONGEST = 2000;

/** @param {Practice[]} practices @param {Map<string, Entry>} answers @param {string} day @param {string} model */
export function pack(practices, answers, day, model) {
  const days = Math.round((Date.parse(day) - FIRST_DAY) / DAY) & 0xffff;
  const bytes = [LINK_VERSION, days >> 8, days & 255, ...hashBytes(model)];
  for (const practice of practices) {
    const digits = sorted(practice).map((id) => ANSWERS.indexOf(/** @type {any} */ (answers.get(id)?.answer)) + 1);
    if (!digits.some(Boolean)) continue;
    const name = nameOf(practice);
    bytes.push(name >> 16, (name >> 8) & 255, name & 255, digits.length);
    for (let at = 0; at < digits.length; at += EACH) {
      const [a, b = 0, c = 0] = digits.slice(at, at + EACH);
      bytes.push((a * KINDS + b) * KINDS + c);
    }
  }
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Reads what `pack` wrote; `undefined` where it is damaged. `lost` counts answers to practices that are not asked here.
 * @param {string} text @param {Practice[]} practices @param {string} model
 * @returns {{day: string, sameModel: boolean, answers: Map<string, Entry>, lost: number} | undefined}
 */
export function unpack(text, practices, model) {
  if (!/^[\w-]{10,8000}$/.test(text)) return undefined;
  let bytes;
  try {
    bytes = [...atob(text.replaceAll("-", "+").replaceAll("_", "/"))].map((one) => one.charCodeAt(0));
  } catch {
    return undefined;
  }
  if (bytes[0] !== LINK_VERSION) return undefined;
  const known = new Map(practices.map((practice) => [nameOf(practice), practice]));
  /** @type {Map<string, Entry>} */
  const answers = new Map();
  let lost = 0;
  for (let at = 7; at < bytes.length; ) {
    const count = bytes[at + 3];
    const end = at + 4 + Math.ceil(count / EACH);
    if (!(count > 0) || end > bytes.length) return undefined;
    const digits = bytes.slice(at + 4, end).flatMap((byte) => [Math.floor(byte / KINDS / KINDS), Math.floor(byte / KINDS) % KINDS, byte % KINDS]);
    const practice = known.get((bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2]);
    const ids = practice && sorted(practice);
    if (digits.some((digit) => digit >= KINDS) || (ids && ids.length !== count)) return undefined;
    for (const [place, digit] of digits.slice(0, count).entries()) {
      if (digit === 0) continue;
      if (ids) answers.set(ids[place], { answer: ANSWERS[digit - 1] });
      else lost += 1;
    }
    at = end;
  }
  const day = new Date(FIRST_DAY + ((bytes[1] << 8) | bytes[2]) * DAY).toISOString().slice(0, 10);
  return { day, sameModel: hashBytes(model).every((byte, at) => byte === bytes[3 + at]), answers, lost };
}

/** Ids of a practice's criteria in an order that moving them does not change. @param {Practice} practice */
function sorted(practice) {
  return practice.criteria.map((criterion) => criterion.id).sort();
}

/** The first four bytes of a hash in hexadecimal digits. @param {string} hash */
function hashBytes(hash) {
  return [0, 2, 4, 6].map((at) => Number.parseInt(hash.slice(at, at + 2), 16) || 0);
}

/** Twenty-four bits that stand for a practice and its criteria: FNV-1a, folded. @param {Practice} practice */
function nameOf(practice) {
  let hash = 0x811c9dc5;
  for (const letter of sorted(practice).join("\n")) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return (hash >>> 24) ^ (hash & 0xffffff);
}
