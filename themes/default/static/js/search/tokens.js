// Text → tokens and stems, by the rules that the router brings; the same as `src/search/tokens.rs` and `stem.rs`.

/** @typedef {"part" | "whole" | "inner"} Role What a token is of the word it comes from. */
/** @typedef {ReturnType<typeof readRules>} Rules */

const OTHER = 0;
const KANJI = 1;
const KATAKANA = 2;
const HIRAGANA = 3;

const EDGES = /^[^\p{Alphabetic}\p{N}]+|[^\p{Alphabetic}\p{N}]+$/gu;
const WHITE = /\p{White_Space}+/u;
const UPPER = /\p{Uppercase}/u;
const LOWER = /\p{Lowercase}/u;

/** The rules, ready to be used. @param {Record<string, any>} written */
export function readRules(written) {
  const scripts = new Uint8Array(0x10000);
  /** @type {[number, number][]} */
  const beyond = [];
  for (const [name, script] of /** @type {[string, number][]} */ ([["kanji", KANJI], ["katakana", KATAKANA], ["hiragana", HIRAGANA]])) {
    for (const [first, last] of ranges(written[name])) {
      if (first > 0xffff) beyond.push([first, last]);
      else scripts.fill(script, first, last + 1);
    }
  }
  const hyphens = ranges(written.hyphens).map(([first, last]) => String.fromCodePoint(first) + "-" + String.fromCodePoint(last));
  /** @param {string} list @returns {[string, string][]} */
  const pairs = (list) => list.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split(":")));
  return {
    /** @param {number} code */
    script: (code) => (code < 0x10000 ? scripts[code] : beyond.some(([first, last]) => code >= first && code <= last) ? KANJI : OTHER),
    hyphen: new RegExp(`[-${hyphens.join("")}]`, "u"),
    split: new RegExp(`[${written.splits.replace(/[\]\\^-]/g, "\\$&")}]`, "u"),
    stops: new Set(written.stop_words.split(" ")),
    second: pairs(written.second),
    third: pairs(written.third),
    fourth: /** @type {string[]} */ (written.fourth.split(" ")),
    /** @type {string} */ long: written.long,
    /** @type {string} */ dot: written.dot,
    /** @type {number} */ longFrom: written.long_from,
    /** @type {number} */ hiraganaFrom: written.hiragana_from,
  };
}

/** @param {string} list @returns {[number, number][]} */
function ranges(list) {
  return list.split(" ").map((range) => {
    const [first, last = first] = range.split("-");
    return [parseInt(first, 16), parseInt(last, 16)];
  });
}

/**
 * Tells `take` the tokens of a text, in order.
 * @param {Rules} rules
 * @param {string} text
 * @param {boolean} page Whether it is the text of a page, not of a query.
 * @param {boolean} hiragana Whether runs of hiragana give pairs.
 * @param {(token: string, role: Role) => void} take
 */
export function tokenise(rules, text, page, hiragana, take) {
  for (const line of text.split("\n")) {
    const signs = [...line.normalize("NFKC")];
    for (let at = 0; at < signs.length; ) {
      const script = rules.script(signs[at].codePointAt(0) ?? 0);
      let end = at + 1;
      while (end < signs.length && goesOn(rules, script, signs[end])) end += 1;
      let run = signs.slice(at, end);
      at = end;
      if (script === OTHER) takeWords(rules, run.join(""), take);
      else if (script === KANJI) takePairs(run, take);
      else if (script === HIRAGANA) {
        if (hiragana && run.length >= rules.hiraganaFrom) takePairs(run, take);
      } else {
        run = run.filter((sign) => sign !== rules.dot);
        if (!page && run.length >= rules.longFrom && run.at(-1) === rules.long) run.pop();
        takePairs(run, take);
      }
    }
  }
}

/** @param {Rules} rules @param {number} script @param {string} sign */
function goesOn(rules, script, sign) {
  if (sign === rules.long && (script === HIRAGANA || script === KATAKANA)) return true;
  if (sign === rules.dot && script === KATAKANA) return true;
  return rules.script(sign.codePointAt(0) ?? 0) === script;
}

/** @param {string[]} run @param {(token: string, role: Role) => void} take */
function takePairs(run, take) {
  if (run.length === 1) take(run[0], "part");
  for (let at = 0; at + 1 < run.length; at += 1) take(run[at] + run[at + 1], "part");
}

/** @param {Rules} rules @param {string} run @param {(token: string, role: Role) => void} take */
function takeWords(rules, run, take) {
  for (const chunk of run.split(WHITE)) {
    const parts = chunk.split(rules.hyphen).map(trimmed).filter(Boolean);
    for (const part of parts) takeWord(rules, part, parts.length > 1 ? "inner" : "whole", take);
    if (parts.length > 1) take(parts.join("").toLowerCase(), "whole");
  }
}

/** @param {Rules} rules @param {string} word @param {Role} role @param {(token: string, role: Role) => void} take */
function takeWord(rules, word, role, take) {
  const parts = word.split(rules.split).flatMap(humps).map((part) => trimmed(part).toLowerCase()).filter(Boolean);
  if (parts.length > 1) {
    take(word.toLowerCase(), role);
    for (const part of parts) take(part, "part");
  } else take(word.toLowerCase(), "part");
}

/** `PodDisruptionBudget` → Pod, Disruption, Budget; `HTTPServer` → HTTP, Server. @param {string} word */
function humps(word) {
  if (/^[a-z0-9]*$/.test(word)) return [word];
  const letters = [...word];
  const parts = [""];
  letters.forEach((letter, at) => {
    const before = letters[at - 1] ?? "";
    const begins = UPPER.test(letter) && (LOWER.test(before) || (UPPER.test(before) && LOWER.test(letters[at + 1] ?? "")));
    if (begins) parts.push("");
    parts[parts.length - 1] += letter;
  });
  return parts;
}

/** Without what is no letter and no digit at the ends. @param {string} word */
export function trimmed(word) {
  return word.replace(EDGES, "");
}

const ONSET = /^[^aeiou][^aeiouy]*/;
const SHORT = /^[^aeiou][^aeiouy]*[aeiouy][^aeiouwxy]$/;

/** How often a run of vowels is followed by a run of consonants. @param {string} word */
function measure(word) {
  let count = 0;
  for (const [, consonants] of word.replace(ONSET, "").matchAll(/[aeiouy][aeiou]*([^aeiou][^aeiouy]*)?/g)) if (consonants) count += 1;
  return count;
}

/** What stands before an ending, if the word is longer. @param {string} word @param {string} ending */
function before(word, ending) {
  return word.length > ending.length && word.endsWith(ending) ? word.slice(0, word.length - ending.length) : "";
}

/** The stem of a word in lower case, by Porter's algorithm. @param {Rules} rules @param {string} word */
export function stem(rules, word) {
  if (word.length < 3) return word;
  // A `y` at the beginning is a consonant; in capitals the rules see it as one.
  const initialY = word[0] === "y";
  let w = initialY ? "Y" + word.slice(1) : word;
  if (before(w, "sses") || before(w, "ies")) w = w.slice(0, -2);
  else if (before(w, "s").length > 1 && !w.endsWith("ss")) w = w.slice(0, -1);
  w = withoutPast(w);
  const final = before(w, "y");
  if (final.length > 1 && !/[aeiou]$/.test(final)) w = final + "i";
  for (const endings of [rules.second, rules.third]) {
    const found = endings.find(([ending]) => before(w, ending));
    if (found && measure(before(w, found[0])) > 0) w = before(w, found[0]) + found[1];
  }
  const ending = rules.fourth.find((ending) => before(w, ending));
  if (ending) {
    if (measure(before(w, ending)) > 1) w = before(w, ending);
  } else {
    const ion = before(w, "ion");
    if (ion.length > 1 && /[st]$/.test(ion) && measure(ion) > 1) w = ion;
  }
  const e = before(w, "e");
  if (e && (measure(e) > 1 || (measure(e) === 1 && !SHORT.test(e)))) w = e;
  if (w.endsWith("ll") && measure(w) > 1) w = w.slice(0, -1);
  return initialY ? "y" + w.slice(1) : w;
}

/** @param {string} word */
function withoutPast(word) {
  const eed = before(word, "eed");
  if (eed) return measure(eed) > 0 ? word.slice(0, -1) : word;
  const bare = before(word, "ed") || before(word, "ing");
  if (!bare || !bare.replace(ONSET, "")) return word;
  if (/(at|bl|iz)$/.test(bare)) return bare + "e";
  const last = bare[bare.length - 1];
  if (bare.length > 1 && last === bare[bare.length - 2] && !"aeiouylsz".includes(last)) return bare.slice(0, -1);
  return SHORT.test(bare) ? bare + "e" : bare;
}

/**
 * What a text in a query is looked for by: least parts, and what stands for several of them at once (its stem, the first part
 * and the one behind the last).
 * @param {Rules} rules
 * @param {string} text
 */
export function wordsOf(rules, text) {
  /** @type {{stem: string, stop: boolean, joined: boolean}[]} `joined`: a pair that begins with the sign with which the one before ends. */
  const parts = [];
  /** @type {[string, number, number][]} */
  const wholes = [];
  const hiragana = isHiragana(rules, text);
  for (const chunk of text.split(WHITE)) {
    const first = parts.length;
    /** @type {string[]} */
    const whole = [];
    tokenise(rules, chunk, false, hiragana, (token, role) => {
      if (role === "part") parts.push({ stem: stem(rules, token), stop: rules.stops.has(token), joined: isJoined(rules, parts.at(-1)?.stem ?? "", token) });
      else if (role === "whole") whole.push(stem(rules, token));
    });
    if (whole.length === 1 && !isJapanese(rules, chunk)) wholes.push([whole[0], first, parts.length]);
  }
  return { parts, wholes };
}

/** @param {Rules} rules @param {string} before @param {string} token */
function isJoined(rules, before, token) {
  const [[a, b], [c, d]] = [[...before], [...token]];
  return a !== undefined && isJapanese(rules, a) && b !== undefined && b === c && d !== undefined;
}

/** Whether there is kana or kanji in a text. @param {Rules} rules @param {string} text */
export function isJapanese(rules, text) {
  return [...text].some((sign) => rules.script(sign.codePointAt(0) ?? 0) !== OTHER);
}

/** Whether a text is hiragana throughout. @param {Rules} rules @param {string} text */
function isHiragana(rules, text) {
  const signs = [...text].filter((sign) => !WHITE.test(sign));
  return signs.length > 0 && signs.every((sign) => sign === rules.long || rules.script(sign.codePointAt(0) ?? 0) === HIRAGANA);
}
