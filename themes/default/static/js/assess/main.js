// <assess-sheet>: the self-assessment. Reads the form and the data of the page, and shows questions, result or files.

import { button, make, refs, show } from "./dom.js";
import { Files } from "./files.js";
import { readModel } from "./model.js";
import { Questions } from "./questions.js";
import { paintLive, paintResults } from "./results.js";
import { unpack } from "./share.js";
import { Sheet } from "./sheet.js";
import { Store } from "./store.js";
import { say, sayDay, speak } from "./words.js";

class AssessSheet extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector("script");
    if (!source || this.sheet) return;
    /** @type {import("./sheet.js").Data} */
    const data = JSON.parse(source.textContent ?? "");
    speak(data.words);
    const at = (this.at = refs(this));
    const store = new Store({ ...data, team: data.team?.id ?? "" });
    const sheet = (this.sheet = new Sheet(readModel(this, say("other_practices")), data, store));
    this.questions = new Questions(sheet, this, at);
    this.files = new Files(sheet, at);
    /** @type {Record<string, () => void>} */
    const acts = { ...this.files.acts, help: () => at.help.showModal() };
    this.addEventListener("click", ({ target }) => {
      const act = target instanceof Element ? target.closest("[data-act]")?.getAttribute("data-act") : undefined;
      if (act) acts[act]?.();
    });
    at.what_if.onchange = () => paintResults(sheet, at);
    const details = /** @type {HTMLDetailsElement} */ (this.querySelector(".assess-index details"));
    const wide = matchMedia("(min-width: 62rem)");
    (wide.onchange = () => (details.open = wide.matches))();
    for (const part of this.querySelectorAll(".waits")) part.classList.remove("waits");
    sheet.listen(() => this.paint());
    addEventListener("hashchange", () => this.route());
    addEventListener("beforeprint", () => this.paintPaper());
    this.classList.add("ready");
    this.route();
  }

  /** Shows what the address names. */
  route() {
    const { questions } = this;
    const fragment = decodeURIComponent(location.hash.slice(1));
    if (fragment.startsWith("share=")) return this.openShared(fragment.slice(6));
    const view = fragment.startsWith("result") ? "results" : fragment === "files" ? "files" : "sheet";
    this.dataset.view = view;
    for (const link of this.querySelectorAll(".views a")) link.ariaCurrent = link.getAttribute("href") === `#${view}` ? "true" : null;
    this.paint();
    if (view === "sheet") {
      questions?.open(fragment);
      // From the skip link, the reader means to answer.
      if (fragment === "sheet" && questions?.current) questions.focus(questions.current);
    } else if (fragment === view) scrollTo({ top: 0, behavior: "instant" });
    else document.getElementById(fragment)?.scrollIntoView({ block: "start" });
  }

  paint() {
    const { sheet, at } = this;
    if (!sheet) return;
    if (this.dataset.view === "sheet") paintLive(sheet, at);
    else if (this.dataset.view === "files") this.files?.paint();
    else {
      const focused = document.activeElement?.getAttribute("data-focus");
      paintResults(sheet, at);
      if (focused) /** @type {HTMLElement | null} */ (this.querySelector(`[data-focus="${focused}"]`))?.focus();
    }
    this.paintBanners();
  }

  /** Everything that is printed, whatever is shown. */
  paintPaper() {
    const { sheet, at } = this;
    if (!sheet) return;
    for (const practice of sheet.model.practices) this.questions?.prepare(practice);
    paintResults(sheet, at);
    at.paper_day.textContent = sayDay(sheet.day);
    at.paper_people.textContent = sheet.participants.join(say("list_separator"));
  }

  paintBanners() {
    const { sheet, files, at } = this;
    if (!sheet || !files) return;
    const { looked, store, own } = sheet;
    const link = (/** @type {string} */ to) => make("a", { href: `#${to}` }, say("show"));
    const broken = store.broken().length;
    const aside = sheet.aside().length;
    const conflicts = [...own].filter(([, entry]) => entry.other);
    const leave = () => {
      sheet.look(undefined);
      location.hash = "sheet";
    };
    const take = () => {
      if (!looked) return;
      location.hash = "files";
      files.preview({ from: looked.from, date: looked.day, participants: [], answers: looked.entries, lines: new Map() });
    };
    const banners = [
      looked && banner("", [say("looking", { from: looked.from, n: looked.entries.size }), looked.lost && ` ${say("lost", { n: looked.lost })}`], button(say("look_take"), take, "act.small"), button(say("look_close"), leave, "act.small")),
      store.refused && banner("warn", say("refused_storage"), button(say("save_now"), () => files.save("md"), "act.small")),
      broken > 0 && banner("warn", say("broken", { n: broken }), link("files")),
      conflicts.length > 0 && !looked && banner("", say("conflicts", { n: conflicts.length }), link(conflicts[0][0])),
      aside > 0 && banner("", say("aside_about", { n: aside }), link("files")),
    ].filter((one) => one instanceof Node);
    // Unchanged ones stay, so that nobody hears them twice and no button is lost under a finger.
    if (banners.map((one) => one.textContent).join() !== [...at.banners.children].map((one) => one.textContent).join()) show(at.banners, banners);
  }

  /** Answers from a link are looked at; nothing here changes. @param {string} packed */
  openShared(packed) {
    const { sheet, at } = this;
    if (!sheet) return;
    const found = unpack(packed, sheet.model.practices, sheet.data.model);
    history.replaceState(null, "", "#results");
    if (found) sheet.look({ entries: found.answers, from: say("from_link", { day: sayDay(found.day) }), day: found.day, lost: found.lost });
    this.route();
    if (!found) show(at.banners, banner("warn", say("bad_link")));
  }
}

/** @param {string} name @param {any} text @param {...Node} acts */
function banner(name, text, ...acts) {
  return make("div", { class: `banner ${name}`, role: "status" }, make("p", text), acts);
}

customElements.define("assess-sheet", AssessSheet);
