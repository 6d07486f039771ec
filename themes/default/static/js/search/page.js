// <search-page>: the box, what it finds, and what that can be narrowed down by; all of it in the address.

import { addressOf, ask } from "./ask.js";
import { make, markedText, refs } from "./dom.js";
import { open } from "./engine.js";
import { FACETS, Facets, languageName } from "./facets.js";
import { remember } from "./memory.js";
import { say } from "./words.js";

const STEP = 20;
/** Milliseconds without a key until texts are fetched for teasers. */
const REST = 120;

export class SearchPage extends HTMLElement {
  connectedCallback() {
    if (this.engine) return;
    this.at = refs(this);
    this.base = this.dataset.base ?? "./";
    this.language = document.documentElement.lang;
    this.engine = open({ base: this.base, language: this.language });
    this.facets = new Facets(this.at.facets, (chosen) => this.go({ chosen, limit: STEP }, true));
    /** Whether what is typed next is a search of its own, to come back from. */
    this.done = true;
    const { box, form, more_button: more, drop, filters } = this.at;
    box.addEventListener("input", () => {
      this.go({ query: box.value, limit: STEP }, this.done && this.query.trim() !== "");
      this.done = false;
    });
    box.addEventListener("change", () => this.finish());
    form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.finish();
      this.search();
    });
    more.addEventListener("click", () => this.showMore());
    drop.addEventListener("click", () => {
      this.go({ chosen: {}, limit: STEP }, true);
      box.focus();
    });
    const wide = matchMedia("(min-width: 62rem)");
    (wide.onchange = () => (filters.open = wide.matches))();
    addEventListener("popstate", () => this.read());
    // Back from a page that was found, the list is as long as it was, and at the same place.
    addEventListener("pagehide", () => history.replaceState({ limit: this.limit, top: scrollY }, ""));
    this.hidden = false;
    this.read().then(() => {
      const [visit] = performance.getEntriesByType("navigation");
      if (/** @type {PerformanceNavigationTiming | undefined} */ (visit)?.type === "back_forward") scrollTo({ top: history.state?.top ?? 0, behavior: "instant" });
    });
    if (!this.query) box.focus();
  }

  get query() {
    return this.state?.query ?? "";
  }

  get limit() {
    return this.state?.limit ?? STEP;
  }

  /** Searches for what the address says. */
  async read() {
    const { searchParams } = new URL(location.href);
    /** @type {Record<string, string[]>} */
    const chosen = {};
    for (const facet of FACETS) chosen[facet] = [...new Set(searchParams.getAll(facet).filter(Boolean))];
    this.state = { query: searchParams.get("q") ?? "", chosen, limit: Number(history.state?.limit) || STEP };
    this.at.box.value = this.state.query;
    this.done = true;
    await this.search();
  }

  /** @param {Partial<{query: string, chosen: Record<string, string[]>, limit: number}>} change @param {boolean} anew Whether there is a way back to what was. */
  go(change, anew) {
    this.state = { query: "", chosen: {}, limit: STEP, ...this.state, ...change };
    const { query, chosen, limit } = this.state;
    const address = new URL(location.href);
    address.search = new URLSearchParams([...(query.trim() ? [["q", query]] : []), ...FACETS.flatMap((facet) => (chosen[facet] ?? []).map((value) => [facet, value]))]).toString();
    try {
      history[anew ? "pushState" : "replaceState"]({ limit }, "", address);
    } catch {
      // From the disk, or too many keys in too short a time: the address stays behind.
    }
    return this.search();
  }

  /** The search is what the reader meant. */
  finish() {
    this.done = true;
    remember(this.base, this.query);
  }

  async search() {
    const { query, chosen, limit } = /** @type {NonNullable<typeof this.state>} */ (this.state);
    const asked = (this.asked = {});
    clearTimeout(this.rest);
    clearTimeout(this.waiting);
    const narrowed = FACETS.some((facet) => chosen[facet]?.length);
    this.title(query);
    if (!query.trim() && !narrowed) return this.clear();
    this.waiting = setTimeout(() => (this.at.status.textContent = say("waiting")), 300);
    try {
      await ask(this.engine, query, { facets: chosen, limit, counts: true }, (answer, needles) => {
        if (asked === this.asked) this.show(answer, needles, narrowed);
      });
    } catch {
      if (asked === this.asked) this.fail();
    }
  }

  /** The title of the page in the browser's history. @param {string} query */
  title(query) {
    this.site ??= document.title;
    document.title = query.trim() ? `${query.trim()} · ${this.site}` : this.site;
  }

  clear() {
    const { status, results, more, nothing, meant, filters, frame } = this.at;
    // An answer that is on its way comes too late, and nothing is waited for any more.
    this.asked = {};
    clearTimeout(this.waiting);
    status.replaceChildren();
    results.replaceChildren();
    for (const part of [more, nothing, meant, filters]) part.hidden = true;
    frame.classList.remove("filled");
  }

  fail() {
    this.clear();
    this.at.status.replaceChildren(say("failed"), " ", make("button.search-more", { type: "button", onclick: () => this.search() }, say("again")));
  }

  /** @param {import("./engine.js").Answer} answer @param {string[]} needles @param {boolean} narrowed */
  show(answer, needles, narrowed) {
    clearTimeout(this.waiting);
    const { query, chosen, limit } = /** @type {NonNullable<typeof this.state>} */ (this.state);
    const { status, results, more, more_button: button, nothing, near, near_list: list, meant, filters, chosen: number, drop_line: drop, frame } = this.at;
    const { total, hits, suggestion } = answer;
    const none = narrowed ? say("none_chosen") : say("none", { query: query.trim() });
    const said = total ? say("count", { n: total }) : none;
    if (status.textContent !== said) status.textContent = said;
    this.areas = new Map(answer.facets.area?.map(({ value, label }) => [value, label]));

    meant.hidden = !suggestion;
    meant.replaceChildren(...(suggestion ? this.suggestion(suggestion) : []));
    const found = hits.map((hit) => new Result(hit, needles, this));
    results.replaceChildren(...found.map(({ item }) => item));
    more.hidden = hits.length >= total;
    button.textContent = say("more", { n: Math.min(STEP, total - hits.length) });
    nothing.hidden = total > 0;
    near.hidden = !answer.near.length;
    const others = answer.near.map((hit) => new Result(hit, needles, this));
    list.replaceChildren(...others.map(({ item }) => item));
    drop.hidden = !narrowed;

    this.facets?.show(answer.facets, chosen);
    filters.hidden = !this.at.facets.firstElementChild;
    const many = FACETS.reduce((sum, facet) => sum + (chosen[facet]?.length ?? 0), 0);
    number.textContent = many ? String(many) : "";
    frame.classList.toggle("filled", !filters.hidden);

    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      for (const result of [...found, ...others]) this.engine?.detail(result.hit, query).then((detail) => result.tell(detail), () => {});
    }, limit > STEP ? 0 : REST);
  }

  /** @param {string} suggestion */
  suggestion(suggestion) {
    const link = make("a", { href: `?${new URLSearchParams({ q: suggestion })}` }, suggestion);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.at.box.value = suggestion;
      this.go({ query: suggestion, limit: STEP }, true);
      this.at.box.focus();
    });
    const [before, after = ""] = say("meant", { query: "\0" }).split("\0");
    return [before, link, after];
  }

  async showMore() {
    const before = this.at.results.children.length;
    await this.go({ limit: this.limit + STEP }, false);
    this.at.results.children[before]?.querySelector("a")?.focus();
  }
}

/** A page that was found. */
class Result {
  /** @param {import("./engine.js").Hit} hit @param {string[]} needles @param {SearchPage} page */
  constructor(hit, needles, page) {
    const { kind, area, level, language } = hit;
    this.hit = hit;
    this.needles = needles;
    this.link = make("a", { href: addressOf(hit, undefined, needles), lang: language, onclick: () => page.finish() }, hit.title);
    this.where = make("p.result-where", { hidden: true });
    this.teaser = make("p", {});
    const areaName = page.areas?.get(area);
    this.item = make(
      "li.result",
      {},
      make("h2", {}, this.link),
      make(
        "p.result-about",
        {},
        make("span.result-kind", {}, say(kind)),
        level && make("span", { class: `level level-${level}`, title: `${say("level")} ${level}` }, level),
        kind !== "area" && areaName && make("span", {}, areaName),
        language !== page.language && make("span", { lang: language }, languageName(language)),
      ),
      make("div.result-text", { lang: language }, this.where, this.teaser),
    );
  }

  /** @param {import("./engine.js").Detail} detail */
  tell(detail) {
    const { heading, title, teaser } = detail;
    this.link.href = addressOf(this.hit, detail, this.needles);
    this.link.replaceChildren(...markedText(title));
    this.where.hidden = !heading;
    // A criterion is often all there is to say; it stands there once, with its marks.
    const same = heading?.text === teaser.map(({ text }) => text).join("");
    if (heading) this.where.replaceChildren(make("a", { href: this.link.href }, same ? markedText(teaser) : heading.text));
    this.teaser.replaceChildren(...(same ? [] : markedText(teaser)));
  }
}
