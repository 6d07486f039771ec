// The sheet: what was answered, what it comes to, and who is told when it changes.

import { isEmpty } from "./entry.js";
import { today } from "./incoming.js";
import { holdsOn, scorePractice } from "./score.js";
import { isUnseen } from "./store.js";
import { dayOf } from "./words.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./score.js").Answer} Answer */
/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./score.js").Decision} Decision */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Practice} Practice */
/** @typedef {import("./model.js").Criterion} Criterion */
/** @typedef {import("./store.js").Store} Store */
/**
 * @typedef {object} Data What the page says besides the form.
 * @property {string} site
 * @property {string} model
 * @property {{id: string, title: string} | null} team
 * @property {string} today The day the site was built for.
 * @property {number} default_target
 * @property {Record<string, number>} targets
 * @property {Record<string, Decision>} decisions
 * @property {{date: string, href: string, answers: Record<string, Record<string, Entry>>} | null} last
 * @property {Record<string, string>} renamed
 * @property {{url: string, branch: string, provider: "github" | "gitlab"} | null} repository
 * @property {Record<string, string>} words
 */
/** @typedef {{ids?: string[], field?: string}} Change Criteria whose answers changed; without, anything may have. */
/** @typedef {{entries: Map<string, Entry>, from: string, day: string, lost?: number}} Looked Somebody else's answers, looked at and not taken. */
/** @typedef {{from: string, answers: Map<string, Entry>}} Person */

export class Sheet {
  /** @param {Model} model @param {Data} data @param {Store} store */
  constructor(model, data, store) {
    this.model = model;
    this.data = data;
    this.store = store;
    const kept = store.load();
    this.own = kept.entries;
    this.fields = kept.fields;
    /** Own answers given on this page, which another tab may not replace unasked. @type {Set<string>} */
    this.touched = new Set();
    /** @type {Looked | undefined} */
    this.looked = undefined;
    /** What others answered, to be settled. @type {Person[]} */
    this.people = [];
    /** What was answered last time. */
    this.last = today(flat(data.last?.answers ?? {}), data.renamed);
    /** @type {((change: Change) => void)[]} */
    this.listeners = [];
    /** @type {Map<string, Score>} */
    this.scores = new Map();
    /** @type {Map<string, Score>} */
    this.lastScores = new Map();
    addEventListener("storage", (event) => this.hear(event));
  }

  /** Answers as they are shown. */
  get entries() {
    return this.looked ? this.looked.entries : this.own;
  }

  /** The day of the assessment. @returns {string} */
  get day() {
    return this.looked?.day || this.text("date") || dayOf(new Date());
  }

  /** A field of the whole sheet. @param {string} name @returns {string} */
  text(name) {
    const value = this.fields.get(name);
    return typeof value === "string" ? value : "";
  }

  /** @returns {string[]} */
  get participants() {
    const value = this.fields.get("participants");
    return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
  }

  /** Targets chosen in the sheet, by practice. @returns {Record<string, number>} */
  get ownTargets() {
    const value = this.fields.get("targets");
    return typeof value === "object" && value !== null ? value : {};
  }

  /** @param {Practice} practice */
  target({ id }) {
    const { targets, default_target } = this.data;
    return Number(this.ownTargets[id] ?? targets[id] ?? default_target);
  }

  /** Says something of a criterion. @param {string} id @param {Partial<Entry>} said */
  say(id, said) {
    if (this.looked) return;
    const before = this.own.get(id);
    this.put(id, { ...before, ...said, at: Date.now(), after: before?.at });
    this.tell({ ids: [id] });
  }

  /** @param {string} id @param {Entry | undefined} entry */
  put(id, entry) {
    this.touched.add(id);
    const kept = this.store.keep(id, entry);
    if (kept) this.own.set(id, kept);
    else this.own.delete(id);
  }

  /** @param {string} field @param {any} value `undefined` takes it away. */
  setField(field, value) {
    if (value === undefined) this.fields.delete(field);
    else this.fields.set(field, value);
    this.store.keepField(field, value);
    this.tell({ field });
  }

  /** Everything at once. @param {Map<string, Entry>} entries @param {Map<string, any>} fields */
  replaceAll(entries, fields) {
    for (const id of new Set([...this.own.keys(), ...entries.keys()])) {
      const entry = entries.get(id);
      // Whoever replaces everything has seen it.
      this.put(id, entry && { ...entry, after: this.own.get(id)?.at });
    }
    for (const field of new Set([...this.fields.keys(), ...fields.keys()])) {
      const value = fields.get(field);
      if (value === undefined) this.fields.delete(field);
      else this.fields.set(field, value);
      this.store.keepField(field, value);
    }
    this.tell({});
  }

  /** Shows others' answers instead of one's own; `undefined` ends it. @param {Looked | undefined} looked */
  look(looked) {
    this.looked = looked;
    this.tell({});
  }

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {Change} change */
  tell(change) {
    if (change.ids) for (const id of change.ids) this.scores.delete(id.split("/")[0]);
    else this.scores.clear();
    for (const listener of this.listeners) listener(change);
  }

  /** Another tab has kept something. @param {StorageEvent} event */
  hear(event) {
    const heard = this.store.heard(event);
    if (!heard) return;
    if (heard.field) {
      if (heard.value === undefined) this.fields.delete(heard.field);
      else this.fields.set(heard.field, heard.value);
      this.tell({ field: heard.field });
    } else if (heard.id) {
      const { id, entry } = heard;
      const mine = this.own.get(id);
      if (entry && this.touched.has(id) && isUnseen(mine, entry)) {
        const [newer, older] = (mine?.at ?? 0) > (entry.at ?? 0) ? [mine, entry] : [entry, mine];
        this.put(id, { ...newer, after: entry.at, other: { ...older, other: undefined } });
      } else if (entry) this.own.set(id, entry);
      else this.own.delete(id);
      this.tell({ ids: [id] });
    }
  }

  /** Whether a decision of the team keeps something out on the day of the assessment. @param {string} subject */
  decision(subject) {
    const { decisions } = this.data;
    const found = Object.hasOwn(decisions, subject) ? decisions[subject] : undefined;
    return found && holdsOn(found, this.day) ? found : undefined;
  }

  /** The decision that keeps a criterion out, or its whole practice. @param {Criterion} criterion */
  decisionOn({ id, practice }) {
    return this.decision(id) ?? this.decision(practice.id);
  }

  /** What counts as the answer. @param {Criterion} criterion @returns {Answer | undefined} */
  answerTo(criterion) {
    return this.decisionOn(criterion) ? "na" : this.entries.get(criterion.id)?.answer;
  }

  /** @param {Practice} practice @returns {Score} */
  score(practice) {
    return cached(this.scores, practice.id, () => this.scoreOf(practice, this.entries, this.day));
  }

  /** The same if everything planned were done. @param {Practice} practice */
  plannedScore(practice) {
    return this.scoreOf(practice, this.entries, this.day, true);
  }

  /** The same last time. @param {Practice} practice */
  lastScore(practice) {
    return cached(this.lastScores, practice.id, () => this.scoreOf(practice, this.last, this.data.last?.date ?? ""));
  }

  /** @param {Practice} practice @param {Map<string, Entry>} entries @param {string} date @param {boolean} [isPlanned] */
  scoreOf(practice, entries, date, isPlanned = false) {
    /** @type {Record<string, Answer | undefined>} */
    const answers = {};
    for (const { id, name } of practice.criteria) {
      const { answer, planned } = entries.get(id) ?? {};
      answers[name] = isPlanned && planned && answer !== "na" ? "yes" : answer;
    }
    const criteria = practice.criteria.map(({ name, level }) => ({ id: name, level }));
    return scorePractice({ practice: practice.id, criteria, answers, decisions: this.data.decisions, target: this.target(practice), date });
  }

  /** Own answers to criteria that are not asked (any more). @returns {[string, Entry][]} */
  aside() {
    return [...this.own].filter(([id, entry]) => !this.model.criterion.has(id) && !isEmpty(entry));
  }

  /** When the first thing was said that no file holds yet; `undefined` when all are saved. @returns {number | undefined} */
  get unsavedSince() {
    const exported = Number(this.fields.get("exported") ?? 0);
    const times = [...this.own.values()].map((entry) => entry.at ?? 0).filter((at) => at > exported);
    return times.length > 0 ? Math.min(...times) : undefined;
  }
}

/** Answers by `practice/criterion`. @param {Record<string, Record<string, Entry>>} answers */
export function flat(answers) {
  return new Map(Object.entries(answers).flatMap(([practice, entries]) => Object.entries(entries).map(([name, entry]) => /** @type {const} */ ([`${practice}/${name}`, entry]))));
}

/** @template T @param {Map<string, T>} memo @param {string} key @param {() => T} make */
function cached(memo, key, make) {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const made = make();
  memo.set(key, made);
  return made;
}
