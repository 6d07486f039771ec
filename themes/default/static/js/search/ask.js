// A search as the reader sees it: answers as they come, and links that carry the words to the page they lead to.

/** @typedef {import("./engine.js").Hit} Hit */
/** @typedef {import("./engine.js").Detail} Detail */

/** Words carried to a page, and units of them: an address has to stay one. */
const MOST_WORDS = 16;
const MOST_UNITS = 160;

/**
 * Shows what is found; once more where frequent words had been read in part only.
 * @param {import("./engine.js").Engine} engine
 * @param {string} text
 * @param {import("./engine.js").Options} options
 * @param {(answer: import("./engine.js").Answer, needles: string[]) => void} show
 */
export async function ask(engine, text, options, show) {
  for (const settle of [false, true]) {
    const [answer, needles] = await Promise.all([engine.search(text, { ...options, settle }), text.trim() ? engine.needles(text) : []]);
    // Overtaken by a newer one.
    if (!answer) return;
    show(answer, needles);
    if (answer.settled) return;
  }
}

/** The link to what was found. @param {Hit} hit @param {Detail | undefined} detail @param {string[]} needles */
export function addressOf(hit, detail, needles) {
  let left = MOST_UNITS;
  const carried = needles.slice(0, MOST_WORDS).filter((needle) => (left -= needle.length) >= 0);
  const marks = new URLSearchParams(carried.map((needle) => ["mark", needle])).toString();
  const fragment = detail?.heading ? `#${encodeURIComponent(detail.heading.anchor)}` : "";
  return hit.url + (marks && `?${marks}`) + fragment;
}
