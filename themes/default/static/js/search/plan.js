// Clauses → what is looked up, and how it makes up the query; the same as `src/search/query/plan.rs`.

import { distance, hasForm, isPlain } from "./parse.js";
import { trimmed, wordsOf } from "./tokens.js";

/** @typedef {import("./files.js").Term} Term */
/** @typedef {import("./files.js").Files} Files */
/** @typedef {import("./parse.js").Clause} Clause */
/** @typedef {{key: string, terms: Term[], fields: number, boost: number}} Gram What is looked up together. */
/** @typedef {{presence: number, ways: [number, number[]][]}} Unit What is asked for: sets of grams of which one is enough, with their shares. */
/** @typedef {{stem: string, unit: Unit | undefined, joined: boolean}} Run A part of plain text. */

const MOST_GRAMS = 30;
const MOST_TERMS = 64;
const MOST_GUESSES = 8;

/** A query, ready to be looked up. */
export class Plan {
  /** @param {Files} files */
  constructor(files) {
    this.files = files;
    this.all = (1 << files.router.fields.length) - 1;
    /** @type {Gram[]} */
    this.grams = [];
    /** @type {Unit[]} */
    this.units = [];
    /** @type {[string, string, boolean][]} Facet, value, and whether a page may not have it. */
    this.filters = [];
    /** @type {string[]} */
    this.phrases = [];
    this.suggestion = "";
  }

  /** @param {Files} files @param {Clause[]} clauses */
  static async of(files, clauses) {
    const plan = new Plan(files);
    // All at once; below they are there already.
    const { rules } = files;
    await Promise.all(
      clauses.flatMap(({ text, pattern, facet }) => {
        if (pattern || facet) return [];
        const { parts, wholes } = wordsOf(rules, text);
        return [...parts.filter(({ stop }) => !stop).map(({ stem }) => stem), ...wholes.map(([whole]) => whole)].map((stem) => files.term(stem));
      }),
    );
    /** @type {Run[]} */
    let run = [];
    /** @type {string[]} */
    const corrected = [];
    for (const clause of clauses) {
      const { facet, text, presence } = clause;
      corrected.push(text);
      if (facet && (await plan.hasValue(facet, text))) {
        await plan.join(run);
        run = [];
        plan.filters.push([facet, text, presence < 0]);
      } else if (isPlain(clause)) {
        const meant = await plan.plain(clause, run);
        if (meant) corrected[corrected.length - 1] = meant;
      } else {
        await plan.join(run);
        run = [];
        await plan.operated(clause);
      }
    }
    await plan.join(run);
    if (plan.suggestion) plan.suggestion = corrected.join(" ");
    return plan;
  }

  /** @param {string} facet @param {string} value */
  async hasValue(facet, value) {
    if (facet === "language") return this.files.router.languages.includes(value);
    return (await this.files.facets())[facet]?.some(([known]) => known === value);
  }

  /** Words without operators; the word that was meant by a misspelt one. @param {Clause} clause @param {Run[]} run @returns {Promise<string | undefined>} */
  async plain({ text, boost, open }, run) {
    const { files } = this;
    let words = wordsOf(files.rules, text);
    /** @type {string | undefined} */
    let meant;
    const [part] = words.parts;
    const alone = words.parts.length === 1;
    if (alone && !words.wholes.length && !part.stop && /^[a-z]/.test(part.stem) && !((await files.term(part.stem))?.fields ?? 0)) {
      const letters = trimmed(text.toLowerCase());
      if (open && [...letters].length > 1) {
        const longer = await this.longer(letters);
        if (longer.length) {
          this.unit(0, this.gram(`${letters}*`, this.all, files.router.ranking.guess * boost, longer));
          run.push({ stem: part.stem, unit: undefined, joined: false });
          return undefined;
        }
      }
      meant = await this.meant(letters);
      if (meant) {
        this.suggestion = meant;
        words = wordsOf(files.rules, meant);
      }
    }
    const [first] = words.parts;
    if (words.parts.length === 1 && !/^[a-z]/.test(first.stem) && /^[\p{Alphabetic}\p{N}]$/u.test(first.stem)) {
      const gram = this.gram(`${first.stem}*`, this.all, boost, frequent(await files.beginningWith(first.stem), MOST_TERMS));
      run.push({ stem: first.stem, unit: this.unit(0, gram), joined: false });
      return meant;
    }
    await this.unitsOf(words, 0, this.all, boost, run);
    return meant;
  }

  /** Terms that begin as a word that is being typed; where there are none, those whose words do. @param {string} letters */
  async longer(letters) {
    const { files } = this;
    let longer = await files.beginningWith(letters);
    if (!longer.length) {
      const words = (await files.words(letters)).filter(([, word]) => word.startsWith(letters));
      longer = await this.termsOf(words.map(([term]) => term));
    }
    return frequent(longer, MOST_GUESSES);
  }

  /** @param {string[]} texts @returns {Promise<Term[]>} */
  async termsOf(texts) {
    const terms = await Promise.all(texts.map((text) => this.files.term(text)));
    return /** @type {Term[]} */ (terms.filter(Boolean));
  }

  /** The word that was meant by one that no page has: the nearest, of these the most frequent. @param {string} typed */
  async meant(typed) {
    const length = [...typed].length;
    if (length < 4) return undefined;
    const most = length < 8 ? 1 : 2;
    /** @type {[number, number, string] | undefined} */
    let best;
    for (const [term, word, fields] of await this.files.words(typed)) {
      const away = Math.min(distance(typed, word, most), distance(typed, term, most));
      if (away > most) continue;
      const better = !best || away < best[0] || (away === best[0] && (fields > best[1] || (fields === best[1] && word < best[2])));
      if (better) best = [away, fields, word];
    }
    return best?.[2];
  }

  /** A clause with operators. @param {Clause} clause */
  async operated(clause) {
    const { files } = this;
    const { text, presence, boost, fuzzy, phrase } = clause;
    const fields = clause.field === undefined ? this.all : 1 << clause.field;
    if (phrase && presence >= 0) this.phrases.push(text);
    if (clause.pattern) {
      const terms = (await files.beginningWith(text.split("*")[0])).filter((term) => hasForm(text, term.text));
      this.unit(presence, this.gram(text, fields, boost, frequent(terms, MOST_TERMS)));
      return;
    }
    const words = wordsOf(files.rules, text);
    if (words.parts.length === 1 && fuzzy && !words.wholes.length) {
      const [{ stem }] = words.parts;
      const near = (await files.words(stem)).filter(([term]) => distance(stem, term, fuzzy) <= fuzzy);
      const terms = await this.termsOf(near.map(([term]) => term));
      this.unit(presence, this.gram(`${stem}~${fuzzy}`, fields, boost, frequent(terms, MOST_TERMS)));
      return;
    }
    const first = this.units.length;
    await this.unitsOf(words, phrase && !presence ? 1 : presence, fields, boost);
    if (presence < 0 && this.units.length > first + 1) {
      const grams = this.units.splice(first).flatMap(({ ways }) => ways[0][1]);
      this.units.push({ presence, ways: [[1, grams]] });
    }
  }

  /**
   * A unit for each part; parts that have a whole make one unit with it.
   * @param {ReturnType<typeof wordsOf>} words
   * @param {number} presence
   * @param {number} fields
   * @param {number} boost
   * @param {Run[]} [run]
   */
  async unitsOf({ parts, wholes }, presence, fields, boost, run) {
    for (let at = 0; at < parts.length; ) {
      const first = at;
      const whole = wholes.find(([, from]) => from === first);
      const end = whole ? whole[2] : at + 1;
      const group = parts.slice(at, end);
      at = Math.max(end, at + 1);
      const kept = group.filter(({ stop }) => !stop);
      const grams = [];
      for (const { stem } of kept) grams.push(...(await this.term(stem, fields, boost)));
      /** @type {[number, number[]][]} */
      const ways = [];
      if (grams.length) ways.push([(1 + kept.length / Math.max(group.length, 1)) / 2, grams]);
      if (whole) ways.push(...(await this.term(whole[0], fields, boost)).map((gram) => /** @type {[number, number[]]} */ ([1, [gram]])));
      const unit = ways.length ? { presence, ways } : undefined;
      run?.push(...group.map(({ stem, stop, joined }) => ({ stem, unit: stop ? undefined : unit, joined })));
      if (unit) this.units.push(unit);
    }
  }

  /** Makes one unit of parts that are a name, with the other names of the same thing as ways. @param {Run[]} run */
  async join(run) {
    const { files } = this;
    const { synonym } = files.router.ranking;
    for (let at = 0; at < run.length; ) {
      const name = await this.longestName(run.slice(at));
      if (!name) {
        at += 1;
        continue;
      }
      const [length, group] = name;
      const parts = run.slice(at, at + length);
      at += length;
      const stems = parts.map(({ stem }) => stem).join(" ");
      const units = parts.flatMap(({ unit }) => unit ?? []);
      if (!units.length) continue;
      /** @type {[number, number[]][]} */
      const together = [[1, []]];
      for (const unit of units) {
        const [way, ...others] = unit.ways.splice(0);
        if (!way) continue;
        together[0][0] = Math.min(together[0][0], way[0]);
        together[0][1].push(...way[1].filter((gram) => !together[0][1].includes(gram)));
        // What stands for all of a word stands for all of a name that is this word.
        if (units.every((other) => other === units[0])) together.push(...others);
      }
      const others = (await files.names(group)).map(([, other]) => other).filter((other) => other !== stems);
      // All at once; below they are there already.
      await Promise.all(others.flatMap((other) => other.split(" ")).filter((stem) => !files.rules.stops.has(stem)).map((stem) => files.term(stem)));
      for (const other of others) {
        const grams = [];
        for (const stem of other.split(" ")) if (!files.rules.stops.has(stem)) grams.push(...(await this.termIfNew(stem, synonym)));
        if (grams.length) together.push([synonym, grams]);
      }
      units[0].ways = together;
    }
    this.units = this.units.filter(({ ways }) => ways.length);
  }

  /** The longest name at the beginning of a run: its length in parts, and its group. @param {Run[]} run @returns {Promise<[number, number] | undefined>} */
  async longestName(run) {
    // A part of a compound is another word than the compound.
    if (run[0].joined) return undefined;
    const key = run.find(({ unit }) => unit);
    const names = key && (await this.files.term(key.stem))?.names;
    /** @type {[number, number] | undefined} */
    let best;
    for (const [name, group] of names ?? []) {
      const stems = name.split(" ");
      const fits = stems.length <= run.length && stems.every((stem, at) => stem === run[at].stem) && !run[stems.length]?.joined;
      if (fits && (!best || stems.length > best[0])) best = [stems.length, group];
    }
    return best;
  }

  /** @param {number} presence @param {number[]} grams */
  unit(presence, grams) {
    if (!grams.length) return undefined;
    /** @type {Unit} */
    const unit = { presence, ways: [[1, grams]] };
    this.units.push(unit);
    return unit;
  }

  /** @param {string} stem @param {number} fields @param {number} boost */
  async term(stem, fields, boost) {
    const term = await this.files.term(stem);
    return this.gram(stem, fields, boost, term?.fields ? [term] : []);
  }

  /** What is looked for anyway does not count more because of it. @param {string} stem @param {number} boost */
  async termIfNew(stem, boost) {
    const known = this.grams.findIndex(({ key, fields }) => key === stem && fields === this.all);
    return known < 0 ? this.term(stem, this.all, boost) : [known];
  }

  /** The number of a gram, if there is room for it; one that is there already counts more. @param {string} key @param {number} fields @param {number} boost @param {Term[]} terms */
  gram(key, fields, boost, terms) {
    const known = this.grams.findIndex((gram) => gram.key === key && gram.fields === fields);
    if (known >= 0) {
      this.grams[known].boost += boost;
      return [known];
    }
    return this.grams.length < MOST_GRAMS ? [this.grams.push({ key, terms, fields, boost }) - 1] : [];
  }
}

/** The most frequent terms, in the order of the index. @param {Term[]} terms @param {number} most */
function frequent(terms, most) {
  if (terms.length <= most) return terms;
  const kept = new Set([...terms].sort((a, b) => b.fields - a.fields).slice(0, most));
  return terms.filter((term) => kept.has(term));
}
