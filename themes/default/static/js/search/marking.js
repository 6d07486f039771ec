// On the page that was found: marks the words that were looked for (`?mark=…`), and a bar that goes from one to the next.

import { make } from "./dom.js";
import { marks } from "./marks.js";
import { say } from "./words.js";

/** So many marks that they help nobody. */
const MOST_MARKS = 2000;
/** Where no words are marked: what is drawn, filled in, shown elsewhere or not at all. */
const APART = "svg, math, script, style, template, textarea, select, button, nav, assess-sheet, [hidden], [popover], [aria-hidden='true'], .visually-hidden";

/** Takes the words out of the address, and marks them. */
export function markPage() {
  const address = new URL(location.href);
  const needles = address.searchParams.getAll("mark");
  const article = document.querySelector("main");
  if (!needles.length || !article) return;
  address.searchParams.delete("mark");
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // From the disk, some browsers let no page change its address.
  }
  const marked = markWithin(article, needles);
  if (marked.length) document.body.append(barFor(article, marked));
}

/** Marks the text below an element; ids, attributes and elements stay as they are. @param {Element} element @param {string[]} needles */
function markWithin(element, needles) {
  /** @type {Text[]} */
  const texts = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  /** @type {HTMLElement[]} */
  const marked = [];
  for (const text of texts) {
    // From the end, so that what is before keeps its place.
    const places = marks(text.data, needles).filter(([start, end]) => !isShred(text.data, start, end)).slice(0, MOST_MARKS - marked.length).reverse();
    const ofText = places.map(([start, end]) => {
      const piece = text.splitText(start);
      piece.splitText(end - start);
      const mark = make("mark.found", {});
      piece.replaceWith(mark);
      mark.append(piece);
      return mark;
    });
    marked.push(...ofText.reverse());
  }
  return marked;
}

/** Two katakana out of the middle of another word: ラー of アラート, because エラー was looked for. @param {string} text @param {number} start @param {number} end */
function isShred(text, start, end) {
  const isKatakana = (/** @type {string | undefined} */ sign) => /[\p{Script=Katakana}ー]/u.test(sign ?? "");
  return end - start <= 2 && isKatakana(text[start]) && (isKatakana(text[start - 1]) || isKatakana(text[end]));
}

/** @param {Element} article @param {HTMLElement[]} marked */
function barFor(article, marked) {
  let at = -1;
  const status = make("span", { role: "status" });
  /** @param {number} step */
  const go = (step) => {
    if (at < 0) at = firstFrom(marked, step);
    else at = (at + step + marked.length) % marked.length;
    marked.forEach((mark, number) => mark.classList.toggle("current", number === at));
    for (let details = marked[at].closest("details"); details; details = details.parentElement?.closest("details") ?? null) details.open = true;
    marked[at].scrollIntoView({ block: "center" });
    status.textContent = say("marked_at", { at: at + 1, n: marked.length });
  };
  const bar = make(
    "section.mark-bar",
    { "aria-label": say("marks") },
    status,
    make("button", { type: "button", onclick: () => go(-1) }, say("previous")),
    make("button", { type: "button", onclick: () => go(1) }, say("next")),
    make("button", { type: "button", onclick: () => clear() }, say("unmark")),
  );
  const clear = () => {
    for (const mark of marked) {
      const { parentNode } = mark;
      mark.replaceWith(...mark.childNodes);
      parentNode?.normalize();
    }
    // The focus does not fall into nothing.
    if (bar.contains(document.activeElement) && article instanceof HTMLElement) article.focus({ preventScroll: true });
    bar.remove();
  };
  // Said once it stands on the page, so that it is heard.
  requestAnimationFrame(() => (status.textContent = say("marked", { n: marked.length })));
  return bar;
}

/** The first mark below the top of the window, or the last one above. @param {HTMLElement[]} marked @param {number} step */
function firstFrom(marked, step) {
  const below = marked.findIndex((mark) => mark.getBoundingClientRect().top > 0);
  if (step > 0) return Math.max(below, 0);
  return below < 0 ? marked.length - 1 : (below - 1 + marked.length) % marked.length;
}
