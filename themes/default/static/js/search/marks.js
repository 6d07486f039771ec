// Where the words that were looked for stand in a text. Needs neither engine nor index.

/** Endings that a short word may have besides. */
const ENDINGS = /^(?:s|es|e?d|ing|ers?|ies|y)?$/;
const LETTERS = /[\p{Alphabetic}\p{N}]/u;
const JAPANESE = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}々ー]/u;

/**
 * The places to be marked in a text, as [start, end] in UTF-16 units, ascending, apart from each other.
 * @param {string} text
 * @param {string[]} needles From `engine.needles`.
 * @returns {[number, number][]}
 */
export function marks(text, needles) {
  const { folded, places } = foldedText(text);
  /** @type {[number, number][]} */
  const found = [];
  for (const needle of needles) {
    if (!needle) continue;
    const japanese = JAPANESE.test(needle);
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) {
      let end = at + needle.length;
      if (!japanese) {
        if (at > 0 && LETTERS.test(folded[at - 1]) && !JAPANESE.test(folded[at - 1])) continue;
        while (end < folded.length && LETTERS.test(folded[end]) && !JAPANESE.test(folded[end])) end += 1;
        const ending = folded.slice(at + needle.length, end);
        if (needle.length < 5 ? !ENDINGS.test(ending) : ending.length > 7) continue;
      }
      found.push([places[at], places[end]]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  /** @type {[number, number][]} */
  const joined = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/**
 * A text as it is compared, and where each of its units comes from.
 * @param {string} text
 */
export function foldedText(text) {
  let folded = "";
  const places = [];
  // A sign with the marks that belong to it: half-width ﾊﾞ is one letter.
  for (const { 0: sign, index } of text.matchAll(/.[\p{M}\uFF9E\uFF9F]*/gsu)) {
    const fold = sign.normalize("NFKC").toLowerCase();
    for (let at = 0; at < fold.length; at += 1) places.push(index);
    folded += fold;
  }
  places.push(text.length);
  return { folded, places };
}

/** A text in pieces, with what is to be marked told. @param {string} text @param {string[]} needles */
export function marked(text, needles) {
  /** @type {{text: string, mark: boolean}[]} */
  const pieces = [];
  let at = 0;
  for (const [start, end] of marks(text, needles)) {
    if (start > at) pieces.push({ text: text.slice(at, start), mark: false });
    pieces.push({ text: text.slice(start, end), mark: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: false });
  return pieces;
}
