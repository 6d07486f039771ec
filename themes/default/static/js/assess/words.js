// The words of the interface, in the page's language, and how it writes days and times.

/** @type {Record<string, string>} */
let texts = {};

/** Takes the page's words. @param {Record<string, string>} words */
export function speak(words) {
  texts = words;
}

/**
 * The words for `key` with `{name}`s replaced; of `one | many` the first is for `n` = 1.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const [one, many = one] = (texts[key] ?? key).split(" | ");
  return (Number(values.n) === 1 ? one : many).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** `2026-11-20` as readers of this language write it. @param {string} day */
export function sayDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  return say("date_format", { year, month: say(`month_${month}`), day: date });
}

/** A moment as this reader's clock shows it: the time, with the day where that is not today. @param {number} at Milliseconds since 1970. */
export function sayTime(at) {
  const moment = new Date(at);
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const day = dayOf(moment);
  return day === dayOf(new Date()) ? time : `${sayDay(day)} ${time}`;
}

/** `2026-11-20`, by this reader's clock. @param {Date} moment */
export function dayOf(moment) {
  return `${String(moment.getFullYear()).padStart(4, "0")}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}
