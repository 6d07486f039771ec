// The palette: a box over any page, and what it finds as one types.

import { addressOf, ask } from "./ask.js";
import { make, markedText } from "./dom.js";
import { open } from "./engine.js";
import { chooseSlash, forget, recent, remember, slash } from "./memory.js";
import { say } from "./words.js";

const SHOWN = 8;
/** Milliseconds without a key until texts are fetched for teasers. */
const PAUSE = 120;

export class Palette {
  /** @param {string} base The site's root. @param {string} page The search page. */
  constructor(base, page) {
    this.base = base;
    this.page = page;
    this.engine = open({ base, language: document.documentElement.lang });
    this.chosen = -1;
    /** @type {HTMLAnchorElement[]} */
    this.options = [];

    this.box = make("input", {
      type: "text",
      role: "combobox",
      id: "palette-query",
      "aria-label": say("label"),
      "aria-controls": "palette-list",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      placeholder: say("label"),
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      enterkeyhint: "go",
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
    });
    this.status = make("p.palette-status", { role: "status" });
    this.list = make("div.palette-list", { role: "listbox", id: "palette-list", "aria-label": say("results") });
    this.all = make("a", { onclick: () => remember(base, this.box.value) }, say("everything"));
    this.forget = make("button", { type: "button", hidden: true, onclick: () => this.forgetAll() }, say("forget"));
    const single = make("input", { type: "checkbox", onchange: () => chooseSlash(single.checked) });
    single.checked = slash();
    this.dialog = make(
      "dialog.palette",
      { "aria-label": say("label"), onclick: (event) => event.target === this.dialog && this.dialog.close(), onclose: () => this.closed() },
      make(
        "div.palette-inside",
        {},
        make("div.palette-head", {}, this.box, make("button", { type: "button", onclick: () => this.dialog.close() }, say("close"))),
        this.status,
        this.list,
        make("p.palette-more", {}, this.all, this.forget),
        make(
          "p.palette-foot",
          {},
          hint("↑ ↓", "move"),
          hint("↵", "open"),
          hint("Ctrl ↵", "tab"),
          hint("Esc", "leave"),
          make("label", {}, single, say("slash")),
        ),
      ),
    );
    document.body.append(this.dialog);
  }

  /** @param {string} typed What has been typed before it was there. */
  show(typed) {
    if (this.dialog.open) return;
    const focused = document.activeElement;
    this.before = focused instanceof HTMLElement && focused !== document.body ? focused : undefined;
    this.dialog.showModal();
    if (typed) this.box.value = typed;
    this.box.focus();
    this.box.select();
    if (typed) this.box.setSelectionRange(typed.length, typed.length);
    this.typed();
  }

  closed() {
    clearTimeout(this.pause);
    this.before?.focus();
  }

  async typed() {
    const text = this.box.value;
    clearTimeout(this.pause);
    this.all.href = text.trim() ? `${this.page}?${new URLSearchParams({ q: text })}` : this.page;
    if (!text.trim()) return this.showRecent();
    this.waiting ??= setTimeout(() => (this.status.textContent = say("waiting")), 300);
    try {
      await ask(this.engine, text, { limit: SHOWN }, (answer, needles) => this.showAnswer(text, answer, needles));
    } catch {
      if (text !== this.box.value) return;
      this.fill([], say("failed"), -1);
    }
  }

  /** @param {string} text @param {import("./engine.js").Answer} answer @param {string[]} needles */
  showAnswer(text, answer, needles) {
    if (text !== this.box.value || !this.dialog.open) return;
    const hits = answer.total ? answer.hits : answer.near;
    const rows = hits.map((hit) => new Row(hit, needles, () => remember(this.base, text)));
    const count = answer.total ? say("count", { n: answer.total }) : say("none", { query: text.trim() });
    const others = [answer.suggestion && say("meant", { query: answer.suggestion }), !answer.total && hits.length && say("near")];
    this.list.setAttribute("aria-label", say("results"));
    this.fill(rows.map(({ option }) => option), [count, ...others].filter(Boolean).join(" · "), 0);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      for (const row of rows) this.engine.detail(row.hit, text).then((detail) => row.tell(detail), () => {});
    }, PAUSE);
  }

  showRecent() {
    const searches = recent(this.base);
    const options = searches.map((text) =>
      make("a.recent", { role: "option", tabindex: "-1", href: `${this.page}?${new URLSearchParams({ q: text })}`, onclick: (event) => this.again(event, text) }, text),
    );
    this.list.setAttribute("aria-label", say("recent"));
    this.fill(options, searches.length ? say("recent") : "", -1);
    this.forget.hidden = searches.length === 0;
  }

  /** Looks for the same once more. @param {MouseEvent} event @param {string} text */
  again(event, text) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.box.value = text;
    this.box.focus();
    this.typed();
  }

  forgetAll() {
    forget(this.base);
    this.box.focus();
    this.showRecent();
    this.status.textContent = say("forgotten");
  }

  /** @param {HTMLAnchorElement[]} options @param {string} said @param {number} chosen */
  fill(options, said, chosen) {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.forget.hidden = true;
    this.options = options;
    options.forEach((option, at) => {
      option.id = `palette-option-${at}`;
      option.addEventListener("pointermove", () => this.choose(at, false));
    });
    this.list.replaceChildren(...options);
    this.list.scrollTop = 0;
    this.box.setAttribute("aria-expanded", String(options.length > 0));
    if (this.status.textContent !== said) this.status.textContent = said;
    this.chosen = -1;
    this.choose(options.length ? chosen : -1);
  }

  /** @param {number} at @param {boolean} [scroll] */
  choose(at, scroll = true) {
    if (at === this.chosen && at >= 0) return;
    this.options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = at;
    const option = this.options[at];
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.box.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // While an input method is at work, its keys are its own.
    if (event.isComposing || event.keyCode === 229) return;
    const last = this.options.length - 1;
    const moves = { ArrowDown: this.chosen >= last ? 0 : this.chosen + 1, ArrowUp: this.chosen <= 0 ? last : this.chosen - 1 };
    if (event.key in moves && last >= 0 && !event.altKey) {
      event.preventDefault();
      this.choose(moves[/** @type {keyof typeof moves} */ (event.key)]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const target = this.options[this.chosen] ?? (this.box.value.trim() ? this.all : undefined);
      if (!target) return;
      const elsewhere = event.ctrlKey || event.metaKey;
      if (elsewhere) {
        remember(this.base, this.box.value);
        window.open(target.href, "_blank", "noopener");
      } else target.click();
    }
  }
}

/** A page that was found, as an option of the list. */
class Row {
  /** @param {import("./engine.js").Hit} hit @param {string[]} needles @param {() => void} followed */
  constructor(hit, needles, followed) {
    this.hit = hit;
    this.needles = needles;
    this.title = make("b", {}, hit.title);
    this.where = make("span.row-where", {});
    this.teaser = make("span.row-teaser", {});
    const { level, kind, language } = hit;
    this.option = make(
      "a.row",
      { role: "option", tabindex: "-1", "aria-selected": "false", href: addressOf(hit, undefined, needles), onclick: followed },
      make("span.row-title", { lang: language }, this.title, this.where),
      make("span.row-kind", {}, say(kind), level && make("span.level", { class: `level level-${level}`, title: `${say("level")} ${level}` }, level)),
      this.teaser,
    );
    this.teaser.lang = language;
  }

  /** @param {import("./engine.js").Detail} detail */
  tell(detail) {
    this.option.href = addressOf(this.hit, detail, this.needles);
    this.title.replaceChildren(...markedText(detail.title));
    this.where.textContent = detail.heading ? detail.heading.text : "";
    this.teaser.replaceChildren(...markedText(detail.teaser));
  }
}

/** @param {string} key @param {string} does */
function hint(key, does) {
  return make("span.hint", {}, make("kbd", {}, key), ` ${say(does)}`);
}
