// Elements, made in one expression. Text is always text: nothing here reads markup.

/** @typedef {Node | string | null | undefined | false} Child What is not there is left out. */

/**
 * `make("a.title", { href }, "text")`
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag | `${Tag}.${string}`} name The element, and its classes.
 * @param {Record<string, string | boolean | null | undefined | ((event: any) => void)>} attributes `on…` listens; `true` is an empty
 *   attribute; `false`, `null` and `undefined` none.
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = /** @type {any} */ (document.createElement(tag));
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child));
  return element;
}

/** A text with its marks. @param {{text: string, mark: boolean}[]} pieces */
export function markedText(pieces) {
  return pieces.map(({ text, mark }) => (mark ? make("mark", {}, text) : text));
}

/** The elements within that a script fills, by their `data-ref`. @param {Element} within @returns {Record<string, any>} */
export function refs(within) {
  return Object.fromEntries([...within.querySelectorAll("[data-ref]")].map((one) => [/** @type {HTMLElement} */ (one).dataset.ref, one]));
}
