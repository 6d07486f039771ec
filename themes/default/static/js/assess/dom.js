// Elements, made in one expression. Text is always text: nothing here reads markup.

/** @typedef {Node | string | number | null | undefined | false} Child What is not there is left out. */
/** @typedef {Record<string, any>} Attributes `on…` listens; `true` is an empty attribute; `false`, `null` and `undefined` none. */

/**
 * `make("a.act", { href, onclick: go }, "text")`
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag | `${Tag}.${string}`} name The element, and its classes.
 * @param {...(Child | Child[] | Attributes)} parts
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(name, ...parts) {
  const [tag, ...classes] = name.split(".");
  return fill(/** @type {any} */ (document.createElement(tag)), classes, parts);
}

/** The same for pictures. @param {string} name @param {...(Child | Child[] | Attributes)} parts */
export function draw(name, ...parts) {
  const [tag, ...classes] = name.split(".");
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), classes, parts);
}

/** A button that does something. @param {string} text @param {() => void} action @param {string} [classes] @param {Attributes} [attributes] */
export function button(text, action, classes = "act", attributes = {}) {
  return make(`button.${classes}`, { type: "button", onclick: action, ...attributes }, text);
}

/** The elements within that the script fills, by their `data-ref`. @param {Element} within @returns {Record<string, any>} */
export function refs(within) {
  return Object.fromEntries([...within.querySelectorAll("[data-ref]")].map((one) => [/** @type {HTMLElement} */ (one).dataset.ref, one]));
}

/** Shows `children` and nothing else; without any, the element is hidden. @param {HTMLElement} element @param {...(Child | Child[])} children */
export function show(element, ...children) {
  const shown = /** @type {Node[]} */ (children.flat().filter((child) => child || child === 0));
  element.replaceChildren(...shown);
  element.hidden = shown.length === 0;
}

/** @template {Element} T @param {T} element @param {string[]} classes @param {any[]} parts */
function fill(element, classes, parts) {
  if (classes.length > 0) element.setAttribute("class", classes.join(" "));
  for (const part of parts.flat(2)) {
    if (part === null || part === undefined || part === false) continue;
    if (typeof part !== "object" || part instanceof Node) element.append(part);
    else {
      for (const [key, value] of Object.entries(part)) {
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
      }
    }
  }
  return element;
}
