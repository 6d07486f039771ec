// The words of the interface, in the page's language; they come in a script of their own, before this one.

/** @type {Record<string, string>} */
const words = /** @type {any} */ (globalThis).shirubeWords ?? {};

/**
 * The words for `key` with `{name}`s replaced; of `one | many` the first is for `n` = 1.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const [one, many = one] = (words[key] ?? key).split(" | ");
  return (Number(values.n) === 1 ? one : many).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
