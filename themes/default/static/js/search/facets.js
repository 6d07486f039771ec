// What the results can be narrowed down by: a group of checkboxes for each facet, with counts.

import { make } from "./dom.js";
import { say } from "./words.js";

/** The facets in the order in which they stand on the page. */
export const FACETS = ["kind", "area", "practice", "level", "role", "team", "language"];
/** Values shown of a facet before the reader asks for the rest. */
const FIRST = 6;

/** @typedef {Record<string, string[]>} Chosen By facet the values that are chosen. */

export class Facets {
  /** @param {HTMLElement} place @param {(chosen: Chosen) => void} changed */
  constructor(place, changed) {
    this.place = place;
    this.changed = changed;
    /** @type {Chosen} */
    this.chosen = {};
    /** What values are called, also when they find nothing. @type {Map<string, string>} */
    this.labels = new Map();
    /** Facets of which all values are shown. @type {Set<string>} */
    this.whole = new Set();
    place.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      const others = (this.chosen[target.name] ?? []).filter((value) => value !== target.value);
      this.chosen = { ...this.chosen, [target.name]: target.checked ? [...others, target.value] : others };
      this.changed(this.chosen);
    });
  }

  /** @param {import("./engine.js").Answer["facets"]} counted @param {Chosen} chosen */
  show(counted, chosen) {
    this.chosen = chosen;
    const focused = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement.id : "";
    this.place.replaceChildren(...FACETS.map((facet) => this.group(facet, counted[facet] ?? [])).filter((group) => group !== undefined));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** @param {string} facet @param {{value: string, label: string, count: number}[]} values */
  group(facet, values) {
    const chosen = this.chosen[facet] ?? [];
    for (const { value, label } of values) this.labels.set(`${facet}:${value}`, label);
    const gone = chosen.filter((value) => !values.some((known) => known.value === value));
    const shown = [...values, ...gone.map((value) => ({ value, label: this.labels.get(`${facet}:${value}`) ?? value, count: 0 }))];
    // A single value that nobody chose narrows nothing down.
    if (shown.length < 2 && !chosen.length) return undefined;
    if (facet === "level") shown.sort((a, b) => Number(a.value) - Number(b.value));
    const first = shown.filter(({ value }, at) => this.whole.has(facet) || at < FIRST || chosen.includes(value));
    const rest = shown.length - first.length;
    const items = first.map((value) => make("li", {}, this.choice(facet, value, chosen.includes(value.value))));
    const more = () => {
      const next = items.length;
      this.whole.add(facet);
      const whole = this.group(facet, values);
      if (whole) group.replaceWith(whole);
      whole?.querySelectorAll("input")[next]?.focus();
    };
    const group = make(
      "fieldset.facet",
      {},
      make("legend", {}, say(facet)),
      make("ul", {}, items),
      rest > 0 && make("button", { type: "button", onclick: more }, say("all_values", { n: rest })),
    );
    return group;
  }

  /** @param {string} facet @param {{value: string, label: string, count: number}} value @param {boolean} checked */
  choice(facet, { value, label, count }, checked) {
    const box = make("input", { type: "checkbox", name: facet, value, id: `facet-${facet}-${value}`, checked });
    const name = facet === "kind" ? say(value) : facet === "language" ? languageName(value) : facet === "level" && label !== value ? `${value} · ${label}` : label;
    return make("label", {}, box, make("span.name", facet === "language" ? { lang: value } : {}, name), " ", make("span.count", {}, String(count)));
  }
}

/** A language's own name for itself. @param {string} tag */
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
