// An entry: what was said of one criterion, and when.

/** @typedef {import("./score.js").Answer} Answer */
/** @typedef {{title?: string, url?: string, date?: string}} Evidence */
/**
 * @typedef {object} Entry
 * @property {Answer} [answer]
 * @property {string} [note] The reason, where the answer is `na`.
 * @property {Evidence[]} [evidence]
 * @property {boolean} [planned] The team will work on it next.
 * @property {number} [at] When it was said, in milliseconds since 1970.
 * @property {number} [after] The `at` of what it replaced, by which another tab knows that it was seen.
 * @property {Entry & {from?: string}} [other] What was said elsewhere, kept until one of the two is chosen.
 */

/** @type {Answer[]} In the order of the keys 1 to 5. */
export const ANSWERS = ["yes", "partly", "no", "unknown", "na"];

/** Whether nothing was said. @param {Entry | undefined} entry */
export function isEmpty(entry) {
  return !entry || (!entry.answer && !entry.note && !entry.evidence?.length && !entry.planned);
}

/** Whether two entries say the same, whenever they said it. @param {Entry | undefined} a @param {Entry | undefined} b */
export function same(a, b) {
  return gist(a) === gist(b);
}

/** @param {Entry | undefined} entry */
function gist({ answer, note = "", evidence = [], planned = false } = {}) {
  return JSON.stringify([answer, note, evidence.map(({ title, url, date }) => [title, url, date]), planned]);
}

/**
 * Text as it can be written to a file: line ends are LF, what no editor shows is gone, and so are halves of characters, which
 * cannot be saved as UTF-8.
 * @param {string} text
 */
export function tidy(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, "")
    .replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (match) => (match.length > 1 ? match : "\ufffd"));
}

/** What somebody typed into a field. @param {string} text */
export function plain(text) {
  return tidy(text).trim();
}

/** @param {string} text */
export function isDay(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number);
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** An address that may become a link. @param {string} text */
export function isAddress(text) {
  return /^(https?:\/\/[^\s<>"\\/?#][^\s<>"\\]*|mailto:[^\s<>"\\]+)$/i.test(text);
}

/** Evidence as one line each: words, address, day. @param {Evidence[]} [evidence] */
export function evidenceText(evidence = []) {
  return evidence.map(({ title, url, date }) => [title, url, date].filter(Boolean).join(" ")).join("\n");
}

/** Reads what `evidenceText` writes, and what people type. @param {string} text @returns {Evidence[]} */
export function evidenceOf(text) {
  return plain(text)
    .split("\n")
    .map((line) => {
      const words = line.split(/\s+/).filter(Boolean);
      /** @type {Evidence} */
      const evidence = {};
      if (isDay(words.at(-1) ?? "")) evidence.date = words.pop();
      const url = words.findIndex(isAddress);
      if (url >= 0) [evidence.url] = words.splice(url, 1);
      if (words.length > 0) evidence.title = words.join(" ");
      return evidence;
    })
    .filter(({ title, url }) => title || url);
}
