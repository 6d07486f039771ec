// What this browser keeps: an item of local storage for each criterion, so that two tabs never write over one another.
//
// Keys are `shirube/<site>/<team>/<model>/<practice>/<criterion>`, and `shirube/<site>/<team>/<model>/:<field>` for what belongs
// to the whole sheet. Whatever cannot be read is kept under `shirube-broken/…` and can be saved as a file.

import { ANSWERS, isEmpty, same } from "./entry.js";
import { today } from "./incoming.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {{entries: Map<string, Entry>, fields: Map<string, any>}} Kept */

const BROKEN = "shirube-broken/";

export class Store {
  /**
   * @param {{site: string, team: string, model: string, renamed: Record<string, string>}} of `team` is empty for everybody's sheet.
   */
  constructor({ site, team, model, renamed }) {
    this.team = `shirube/${site}/${team || "-"}/`;
    this.prefix = `${this.team}${model}/`;
    this.renamed = renamed;
    /** The browser lets nothing be kept at all. */
    this.isDenied = false;
    /** What it had no room for, by key; tried again with everything that is kept later. @type {Map<string, string | null>} */
    this.unsaved = new Map();
    /** What could not be read, and could not be put aside either. @type {{key: string, value: string}[]} */
    this.stuck = [];
  }

  /** Whether something would be lost with this page. */
  get refused() {
    return this.isDenied || this.unsaved.size > 0;
  }

  /** Everything kept for this team. Answers to earlier versions of the questions are taken over, the newest of each. @returns {Kept} */
  load() {
    /** @type {Kept} */
    const kept = { entries: new Map(), fields: new Map() };
    /** @type {Map<string, Entry>} */
    const earlier = new Map();
    const passed = [];
    for (const key of this.keys(this.team)) {
      const value = this.read(key);
      const [model, ...rest] = key.slice(this.team.length).split("/");
      const id = rest.join("/");
      const isOwn = `${this.team}${model}/` === this.prefix;
      if (!isOwn) passed.push(key);
      if (value === null) continue;
      const found = parse(value, id);
      if (found === undefined) {
        // The bytes stay, but out of the way.
        if (this.write(BROKEN + key, value)) this.write(key, null);
        else this.stuck.push({ key, value });
      } else if (id.startsWith(":")) {
        if (isOwn || !kept.fields.has(id.slice(1))) kept.fields.set(id.slice(1), found);
      } else if (isOwn) {
        kept.entries.set(id, found);
      } else if ((found.at ?? 0) > (earlier.get(id)?.at ?? -1)) {
        earlier.set(id, found);
      }
    }
    for (const [id, entry] of today(earlier, this.renamed)) {
      if ((entry.at ?? 0) > (kept.entries.get(id)?.at ?? -1)) kept.entries.set(id, entry);
    }
    const isSaved = passed.length === 0 || [...kept.entries].every(([id, entry]) => this.write(this.prefix + id, JSON.stringify(entry)));
    if (isSaved) {
      for (const [field, value] of passed.length > 0 ? kept.fields : []) this.write(`${this.prefix}:${field}`, JSON.stringify(value));
      for (const key of passed) this.write(key, null);
    }
    return kept;
  }

  /**
   * Keeps an entry, `undefined` for none. What another tab wrote meanwhile, unseen here, stays beside it.
   * @param {string} id @param {Entry | undefined} entry @returns {Entry | undefined} What is kept now.
   */
  keep(id, entry) {
    const there = this.read(this.prefix + id);
    const theirs = there === null ? undefined : parse(there, id);
    const kept = isUnseen(theirs, entry) ? { ...entry, other: { ...theirs, other: undefined } } : entry;
    const isNothing = isEmpty(kept) && !kept?.other;
    this.write(this.prefix + id, isNothing ? null : JSON.stringify(kept));
    return isNothing ? undefined : kept;
  }

  /** Keeps something that belongs to the whole sheet. @param {string} field @param {any} value `undefined` for nothing. */
  keepField(field, value) {
    this.write(`${this.prefix}:${field}`, value === undefined ? null : JSON.stringify(value));
  }

  /**
   * What another tab has just kept. @param {StorageEvent} event
   * @returns {{id?: string, entry?: Entry, field?: string, value?: any} | undefined} `undefined` when it is not about this sheet.
   */
  heard({ key, newValue, storageArea }) {
    if (!key?.startsWith(this.prefix) || storageArea !== localStorage) return undefined;
    const id = key.slice(this.prefix.length);
    const found = newValue === null ? undefined : parse(newValue, id);
    if (id.startsWith(":")) return { field: id.slice(1), value: found };
    return { id, entry: found };
  }

  /** Saved values that could not be read. @returns {{key: string, value: string}[]} */
  broken() {
    const aside = this.keys(BROKEN + this.team).map((key) => ({ key, value: this.read(key) ?? "" }));
    return [...aside, ...this.stuck];
  }

  forgetBroken() {
    for (const { key } of this.broken()) this.write(key, null);
    this.stuck = [];
  }

  /** @param {string} prefix @returns {string[]} */
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).sort();
    } catch {
      this.isDenied = true;
      return [];
    }
  }

  /** @param {string} key @returns {string | null} */
  read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      this.isDenied = true;
      return null;
    }
  }

  /** Tries, and says whether it worked. @param {string} key @param {string | null} value `null` removes. */
  write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      this.unsaved.set(key, value);
      return false;
    }
    this.unsaved.delete(key);
    for (const [other, waiting] of this.unsaved) {
      this.unsaved.delete(other);
      // Whatever has no room still goes back to the end of the list, and ends this.
      if (!this.write(other, waiting)) break;
    }
    return true;
  }
}

/**
 * Whether `theirs` would be written over by somebody who has not seen it.
 * @param {Entry | undefined} theirs What is there. @param {Entry | undefined} ours What comes, said `after` something.
 */
export function isUnseen(theirs, ours) {
  return theirs !== undefined && !isEmpty(theirs) && ours !== undefined && theirs.at !== ours.after && theirs.at !== ours.at && !same(theirs, ours);
}

/** A kept value, `undefined` where it is not what we write. @param {string} value @param {string} id @returns {any} */
function parse(value, id) {
  try {
    const found = JSON.parse(value);
    if (id.startsWith(":")) return found ?? undefined;
    return id.includes("/") && isEntry(found) && (!found.other || isEntry(found.other)) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @param {any} found @returns {found is Entry} */
function isEntry(found) {
  const isText = (/** @type {any} */ text) => text === undefined || typeof text === "string";
  if (typeof found !== "object" || found === null || Array.isArray(found)) return false;
  const { answer, note, evidence = [], planned = false, at = 0, after = 0 } = found;
  return (
    (answer === undefined || ANSWERS.includes(answer)) &&
    isText(note) &&
    Array.isArray(evidence) &&
    evidence.every((one) => typeof one === "object" && one !== null && isText(one.title) && isText(one.url) && isText(one.date)) &&
    typeof planned === "boolean" &&
    typeof at === "number" &&
    typeof after === "number"
  );
}
