// Grams → pages, best first: lunr's score, times the square of the share of the query that a page has, times bonuses; the same
// as `src/search/query/find.rs`, operation by operation, so that both come to the same numbers.

/** @typedef {import("./files.js").Files} Files */
/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {{page: number, rank: number, base: number}} Ranked */
/** @typedef {{base: Float64Array, found: Uint32Array, fields: Uint32Array[], settled: boolean}} Scores */
/** @typedef {(subject: number, language: number) => boolean} Allowed */

/** To a millionth, so that no two machines disagree on the order. @param {number} score */
function rounded(score) {
  return Math.round(score * 1e6) / 1e6;
}

/** lunr's inverse document frequency. @param {number} pages @param {number} fields */
function rarity(pages, fields) {
  return Math.log(1 + Math.abs((pages - fields + 0.5) / (fields + 0.5)));
}

/** How rare each gram is; 0 where no page has it. @param {Plan} plan */
export function rarities({ files, grams }) {
  return grams.map(({ terms }) => {
    const fields = terms.reduce((sum, term) => sum + term.fields, 0);
    return fields ? rarity(files.router.pages, fields) : 0;
  });
}

/**
 * lunr's score of every page, and by field which grams stand there, a bit each.
 * @param {Plan} plan
 * @param {boolean} settle Whether to read frequent terms in full.
 * @returns {Promise<Scores>}
 */
export async function score({ files, grams, units }, settle) {
  const fields = files.router.fields.length;
  /** @type {Map<string, {term: import("./files.js").Term, boosts: number[], grams: number[]}>} */
  const looked = new Map();
  grams.forEach(({ terms, boost, fields: mask }, number) => {
    const of = units.filter(({ ways }) => ways.some(([, grams]) => grams.includes(number)));
    const counts = !of.length || of.some(({ presence }) => presence >= 0);
    for (const term of terms) {
      const entry = looked.get(term.text) ?? { term, boosts: Array(fields).fill(0), grams: Array(fields).fill(0) };
      looked.set(term.text, entry);
      for (let field = 0; field < fields; field += 1) {
        if ((mask >>> field) & 1) {
          entry.grams[field] |= 1 << number;
          if (counts) entry.boosts[field] += boost;
        }
      }
    }
  });
  const all = [...looked.values()];
  const lengths = Array.from({ length: fields }, (_, field) => Math.sqrt(all.reduce((sum, { boosts }) => sum + boosts[field] * boosts[field], 0)));
  const frequent = all.filter(({ term }) => term.tail > 0);
  const tails = settle ? new Map(await Promise.all(frequent.map(async ({ term }) => /** @type {const} */ ([term.text, await files.tail(term)])))) : new Map();
  const count = files.router.pages;
  const scores = {
    base: new Float64Array(count),
    found: new Uint32Array(count),
    fields: Array.from({ length: fields }, () => new Uint32Array(count)),
    settled: settle || !frequent.length,
  };
  for (const { term, boosts, grams: bits } of all) {
    for (let field = 0; field < fields; field += 1) {
      for (const [pages, weights] of [term.postings[field], tails.get(term.text)?.[field] ?? [[], []]]) {
        for (let at = 0; at < pages.length; at += 1) {
          const page = pages[at];
          if (lengths[field] > 0) scores.base[page] += (boosts[field] * (weights[at] / 1000)) / lengths[field];
          scores.found[page] |= bits[field];
          scores.fields[field][page] |= bits[field];
        }
      }
    }
  }
  return scores;
}

/**
 * The best page of each subject, best first; and the languages in which each is found, a bit each.
 * @param {Plan} plan
 * @param {Scores} scores
 * @param {Allowed} allowed
 * @param {{language: number, everything: boolean}} options `everything`: whether nothing is narrowed down.
 */
export function rank({ files, grams, units, files: { router } }, scores, allowed, { language, everything }) {
  const { ranking } = router;
  const rare = rarities(/** @type {Plan} */ ({ files, grams }));
  /** @param {number} bits */
  const sum = (bits) => rare.reduce((sum, rarity, gram) => ((bits >>> gram) & 1 ? sum + rarity : sum), 0);
  const known = rare.reduce((bits, rarity, gram) => (rarity > 0 ? bits | (1 << gram) : bits), 0);
  const asked = units.map(({ presence, ways }) => {
    const sets = ways.map(([share, grams]) => {
      const bits = grams.reduce((bits, gram) => bits | (1 << gram), 0);
      return { share, bits, all: sum(bits) };
    });
    return { presence, sets, weight: sets[0].all > 0 ? sets[0].all : Math.max(0, ...sets.map(({ all }) => all)) };
  });
  const wanted = asked.filter(({ presence }) => presence >= 0);
  const all = wanted.reduce((sum, { weight }) => sum + weight, 0);
  /** @type {Ranked[]} */
  const ranked = [];
  /** @type {Map<number, number>} */
  const spoken = new Map();
  if (!asked.length && everything) return { ranked, spoken };

  /** @param {number} found @param {{bits: number}[]} sets */
  const complete = (found, sets) => sets.some(({ bits }) => bits && (found & bits) === bits);
  /** @type {Map<number, number>} */
  const sums = new Map();
  /** @param {number} bits */
  const remembered = (bits) => {
    let total = sums.get(bits);
    if (total === undefined) sums.set(bits, (total = sum(bits)));
    return total;
  };
  /** @type {[number, number][]} */
  const candidates = [];
  let best = 0;
  for (let page = 0; page < router.pages; page += 1) {
    const found = scores.found[page];
    if ((!found && wanted.length) || !allowed(files.subjects[page], files.languages[page])) continue;
    const fits = asked.every(({ presence, sets }) => !presence || complete(found, sets) === presence > 0);
    if (!fits) continue;
    let covered = 0;
    for (const { weight, sets } of wanted) {
      let most = 0;
      for (const { share, bits, all } of sets) if (all > 0) most = Math.max(most, (share * remembered(found & bits)) / all);
      covered += weight * most;
    }
    const coverage = all > 0 ? covered / all : 1;
    best = Math.max(best, coverage);
    candidates.push([page, coverage]);
  }

  /** @param {number} found */
  const within = (found) =>
    all > 0 && wanted.every(({ weight, sets }) => !weight || sets.some(({ bits, all }) => all > 0 && (found & bits & known) === (bits & known)));
  const boosts = new Map(router.boosts);
  /** @type {Map<number, Ranked>} */
  const bySubject = new Map();
  for (const [page, coverage] of candidates) {
    if (coverage < ranking.least * best) continue;
    const [title, headings, , about] = scores.fields.map((field) => field[page]);
    const bonus = within(title) ? ranking.title : within(title | headings) ? ranking.headings : within(title | about) ? ranking.about : 1;
    const own = files.languages[page] === language ? ranking.language : 1;
    const subject = files.subjects[page];
    spoken.set(subject, (spoken.get(subject) ?? 0) | (1 << files.languages[page]));
    let share = 1;
    for (let power = 0; power < ranking.coverage; power += 1) share *= coverage;
    const value = rounded(scores.base[page] * share * bonus * own * (boosts.get(subject) ?? 1));
    const before = bySubject.get(subject);
    if (!before || before.rank < value) bySubject.set(subject, { page, rank: value, base: rounded(scores.base[page]) });
  }
  ranked.push(...bySubject.values());
  ranked.sort((a, b) => b.rank - a.rank || a.page - b.page);
  return { ranked, spoken };
}
