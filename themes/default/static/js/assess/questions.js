// The questions: one practice at a time or all on one sheet, answered by click, touch or keys.

import { choice, closeMore, openMore, paint } from "./criterion.js";
import { make, show } from "./dom.js";
import { ANSWERS } from "./entry.js";
import { badge, markClass, standing } from "./level.js";
import { firstScope, inScope } from "./scope.js";
import { say, sayTime } from "./words.js";

/** @typedef {import("./model.js").Criterion} Criterion */
/** @typedef {import("./model.js").Practice} Practice */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Change} Change */

/** Where single keys are switched off, for those who speak to their computer. */
const KEYS = "shirube-keys";

export class Questions {
  /**
   * @param {Sheet} sheet
   * @param {HTMLElement} node What holds list, controls and form.
   * @param {Record<string, any>} at Its elements by `data-ref`.
   */
  constructor(sheet, node, at) {
    this.sheet = sheet;
    this.node = node;
    this.at = at;
    /** Practices that have the script's parts. @type {Map<Practice, {standing: HTMLElement, target: HTMLSelectElement}>} */
    this.ready = new Map();
    /** @type {Map<Practice, HTMLAnchorElement>} */
    this.links = new Map(sheet.model.practices.map((practice) => [practice, /** @type {any} */ (node.querySelector(`.assess-index [href="#practice-${practice.id}"]`))]));
    /** What is asked, in order; what a team decided against is not. @type {Criterion[]} */
    this.asked = [];
    /** @type {Criterion | undefined} */
    this.current = undefined;
    this.isWhole = sheet.text("view") === "all";
    /** Adds to practices what they need as they come near the window. */
    this.near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        const practice = isIntersecting && sheet.model.practice.get(target.id.slice(9));
        if (practice) this.prepare(practice);
      }
    }, { rootMargin: "800px" });

    at.shown.querySelector('[value="last"]')?.toggleAttribute("hidden", sheet.last.size === 0);
    at.shown.value = sheet.text("shown") || firstScope(sheet);
    if (!at.shown.value) at.shown.value = "all";
    at.shown.onchange = () => this.choose(at.shown.value);
    at.one.checked = !this.isWhole;
    at.all.checked = this.isWhole;
    at.one.onchange = at.all.onchange = () => this.view(at.all.checked);
    at.keys.checked = keysAreOn();
    at.keys.onchange = () => switchKeys(at.keys.checked);
    const form = /** @type {HTMLElement} */ (node.querySelector(".questions"));
    form.addEventListener("change", (event) => this.changed(event));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusin", ({ target }) => {
      const criterion = this.criterionOf(target);
      if (criterion) this.setCurrent(criterion);
    });
    this.applyScope();
    this.update({});
    sheet.listen((change) => this.update(change));
  }

  /** Shows the practice or the criterion of an address; of none, the first that is not answered. @param {string} fragment */
  open(fragment) {
    const { model } = this.sheet;
    const practice = model.practice.get(fragment.replace(/^practice-/, ""));
    const criterion = model.criterion.get(fragment);
    const found = criterion ?? practice?.criteria[0];
    if (found?.node.classList.contains("out")) this.choose("all");
    const isOpen = (/** @type {Criterion} */ one) => !this.isAnswered(one) && (!practice || one.practice === practice);
    const to = criterion ?? this.asked.find(isOpen) ?? found ?? this.current ?? this.asked[0] ?? model.criteria[0];
    if (!to) return;
    // Before the page has settled, browsers would jump to an address that is new.
    this.setCurrent(to, !!found);
    this.layout();
    if (criterion) this.reveal(criterion);
    else if (practice) this.top(practice);
  }

  /** Chooses what is asked. @param {string} scope */
  choose(scope) {
    this.at.shown.value = scope;
    this.sheet.setField("shown", scope);
    this.applyScope();
    if (!this.current || this.current.node.classList.contains("out")) this.setCurrent(this.asked.find((one) => !this.isAnswered(one)) ?? this.asked[0] ?? this.current);
    this.layout();
  }

  applyScope() {
    const { sheet, links } = this;
    const inside = new Set(inScope(sheet, this.at.shown.value));
    const isOut = (/** @type {Criterion} */ criterion) => !inside.has(criterion);
    this.asked = [...inside].filter((criterion) => !sheet.decisionOn(criterion));
    for (const criterion of sheet.model.criteria) criterion.node.classList.toggle("out", isOut(criterion));
    for (const level of this.node.querySelectorAll(".ask-level")) level.classList.toggle("out", !level.querySelector("fieldset:not(.out)"));
    for (const practice of sheet.model.practices) {
      const none = practice.criteria.every(isOut);
      practice.node.classList.toggle("out", none);
      links.get(practice)?.parentElement?.toggleAttribute("hidden", none);
    }
    for (const area of sheet.model.areas) {
      const none = area.practices.every((practice) => practice.criteria.every(isOut));
      area.node.classList.toggle("out", none);
      links.get(area.practices[0])?.closest("div")?.toggleAttribute("hidden", none);
    }
    for (const practice of sheet.model.practices) this.paintPractice(practice);
    this.paintProgress();
  }

  /** @param {boolean} isWhole All on one sheet. */
  view(isWhole) {
    this.isWhole = isWhole;
    this.sheet.setField("view", isWhole ? "all" : "one");
    this.layout();
    if (this.current) this.reveal(this.current);
  }

  /** Shows the current practice, or all of them. */
  layout() {
    const practice = this.current?.practice;
    if (!practice) return;
    for (const [one, link] of this.links) {
      one.node.classList.toggle("off", !this.isWhole && one !== practice);
      this.near[this.isWhole ? "observe" : "unobserve"](one.node);
      link.ariaCurrent = one === practice ? "true" : null;
    }
    for (const area of this.sheet.model.areas) area.node.classList.toggle("off", !this.isWhole && area !== practice.area);
    this.prepare(practice);
    this.paintEnd();
    const shown = [...new Set(this.asked.map((criterion) => criterion.practice))];
    const place = shown.indexOf(practice);
    for (const [link, to] of [[this.at.dock.firstElementChild, shown[place - 1]], [this.at.dock.lastElementChild, shown[place + 1]]]) {
      link.hidden = !to;
      link.href = to && `#practice-${to.id}`;
      link.lastElementChild.textContent = to?.title ?? "";
    }
    // The entry of the practice stays in view in the list beside, and the page where it is.
    const list = /** @type {HTMLElement} */ (this.node.querySelector(".assess-index"));
    const [own, around] = [/** @type {HTMLElement} */ (this.links.get(practice)), list].map((one) => one.getBoundingClientRect());
    if (own.bottom > around.bottom || own.top < around.top) list.scrollTop += own.top - around.top - around.height / 3;
  }

  /** Adds the script's parts to a practice. @param {Practice} practice */
  prepare(practice) {
    if (this.ready.has(practice)) return;
    const { sheet } = this;
    const levels = [...new Set([...sheet.model.criteria.map((criterion) => criterion.level), sheet.target(practice)])].sort();
    const target = make("select", { onchange: () => sheet.setField("targets", { ...sheet.ownTargets, [practice.id]: Number(target.value) }) }, levels.map((level) => make("option", level)));
    const parts = { standing: make("p.standing"), target };
    this.ready.set(practice, parts);
    practice.node.querySelector(".practice-head")?.append(make("div.standing-line", parts.standing, make("label.field", make("span", say("target")), target)));
    for (const criterion of practice.criteria) paint(sheet, criterion, true);
    this.paintPractice(practice);
  }

  /** @param {Change} change */
  update({ ids, field }) {
    const { sheet } = this;
    if (!field || field === "targets" || field === "date") {
      const criteria = ids ? ids.flatMap((id) => sheet.model.criterion.get(id) ?? []) : sheet.model.criteria;
      for (const criterion of criteria) paint(sheet, criterion, this.ready.has(criterion.practice));
      for (const practice of new Set(criteria.map((criterion) => criterion.practice))) this.paintPractice(practice);
    }
    this.paintProgress();
  }

  /** @param {Practice} practice */
  paintPractice(practice) {
    const score = this.sheet.score(practice);
    const [mark, , count] = this.links.get(practice)?.children ?? [];
    const asked = practice.criteria.filter((criterion) => !criterion.node.classList.contains("out") && !this.sheet.decisionOn(criterion));
    mark.className = `mark ${markClass(score)}`;
    mark.textContent = String(score.level ?? "");
    count.textContent = `${asked.filter((criterion) => this.isAnswered(criterion)).length}/${asked.length}`;
    const parts = this.ready.get(practice);
    if (!parts) return;
    show(parts.standing, badge(score), " ", standing(score));
    parts.target.value = String(this.sheet.target(practice));
  }

  /** How far one is, and what is kept where, near the answers. */
  paintProgress() {
    const { sheet, asked, at } = this;
    const done = asked.filter((criterion) => this.isAnswered(criterion)).length;
    at.progress.max = Math.max(1, asked.length);
    at.progress.value = done;
    at.count.textContent = say("coverage", { done, all: asked.length });
    if (done < asked.length) at.end.hidden = true;
    const since = sheet.unsavedSince;
    const latest = Math.max(0, ...[...sheet.own.values()].map((entry) => entry.at ?? 0));
    if (latest === 0 || sheet.looked) return show(at.kept);
    const kept = sheet.store.refused ? say("not_kept") : say("kept", { time: sayTime(latest) });
    show(at.kept, kept, say("list_separator"), make("a", { href: "#files" }, since ? say("not_exported", { time: sayTime(since) }) : say("exported")));
  }

  paintEnd() {
    this.at.end.hidden = this.asked.length === 0 || this.asked.some((criterion) => !this.isAnswered(criterion));
  }

  /** @param {Criterion} criterion */
  isAnswered({ id }) {
    return !!this.sheet.entries.get(id)?.answer;
  }

  /** @param {Criterion | undefined} criterion @param {boolean} [isNamed] Whether the address says so. */
  setCurrent(criterion, isNamed = true) {
    if (!criterion) return;
    this.current?.node.classList.remove("current");
    this.current = criterion;
    criterion.node.classList.add("current");
    const hash = `#practice-${criterion.practice.id}`;
    if (isNamed && location.hash !== hash) history.replaceState(null, "", hash);
  }

  /** An answer was chosen, by mouse, finger, space or arrow. @param {Event} event */
  changed({ target }) {
    const criterion = this.criterionOf(target);
    if (!(target instanceof HTMLInputElement) || target.type !== "radio" || !criterion) return;
    const isLast = this.isLastOf(criterion);
    this.answer(criterion, target.value);
    // When a click has answered the last open one, the next practice comes by itself.
    if (isLast && target.value !== "na" && !this.isWhole && target.matches(":hover")) this.move(1, criterion);
  }

  /** Whether nothing else in its practice is without an answer. @param {Criterion} criterion */
  isLastOf(criterion) {
    const open = this.asked.filter((one) => one.practice === criterion.practice && !this.isAnswered(one));
    return open.length === 1 && open[0] === criterion;
  }

  /** @param {Criterion} criterion @param {string} [answer] */
  answer(criterion, answer) {
    this.sheet.say(criterion.id, { answer: /** @type {any} */ (answer) });
    if (answer === "na") openMore(this.sheet, criterion);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { target, key, code } = event;
    const criterion = this.criterionOf(target) ?? this.current;
    if (!criterion || event.isComposing) return;
    const isText = target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
    const act = isText ? this.textAct(criterion, event) : event.ctrlKey || event.metaKey || event.altKey ? undefined : this.act(criterion, key, code);
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** What a key does within a note. @param {Criterion} criterion @param {KeyboardEvent} event */
  textAct(criterion, { key, ctrlKey, metaKey }) {
    if (key !== "Escape" && !(key === "Enter" && (ctrlKey || metaKey))) return undefined;
    return () => {
      closeMore(this.sheet, criterion);
      if (key === "Enter") this.move(1, criterion);
      else this.focus(criterion);
    };
  }

  /** What a key does elsewhere. @param {Criterion} criterion @param {string} key @param {string} code @returns {(() => void) | undefined} */
  act(criterion, key, code) {
    if (key === "ArrowDown" || (key === "j" && keysAreOn())) return () => this.move(1, criterion);
    if (key === "ArrowUp" || (key === "k" && keysAreOn())) return () => this.move(-1, criterion);
    if (!keysAreOn()) return undefined;
    if (key === "n") return () => openMore(this.sheet, criterion);
    if (key === "?" || key === "？") return () => this.at.help.showModal();
    // By place, too: an input method may be on, and not every keyboard has digits without shift.
    const digit = Number(/^[0-5]$/.exec(key)?.[0] ?? /^(?:Digit|Numpad)([0-5])$/.exec(code)?.[1] ?? Number.NaN);
    if (Number.isNaN(digit) || this.sheet.looked) return undefined;
    return () => {
      this.answer(criterion, ANSWERS[digit - 1]);
      if (digit === 0) this.focus(criterion);
      else if (ANSWERS[digit - 1] !== "na") this.move(1, criterion);
    };
  }

  /** To the criterion before or behind. @param {number} direction @param {Criterion} from */
  move(direction, from) {
    const { criteria } = this.sheet.model;
    const asked = new Set(this.asked);
    let place = criteria.indexOf(from) + direction;
    while (criteria[place] && !asked.has(criteria[place])) place += direction;
    this.paintEnd();
    const to = criteria[place];
    if (!to && direction > 0) {
      this.at.status.textContent = this.at.end.hidden ? say("last_one") : this.at.end.textContent;
      this.at.end.scrollIntoView({ block: "center" });
    }
    this.focus(to ?? from);
  }

  /** Puts the focus on a criterion, and brings it into view. @param {Criterion} criterion */
  focus(criterion) {
    const isOther = criterion.practice !== this.current?.practice;
    this.setCurrent(criterion);
    if (isOther) this.layout();
    choice(criterion)?.focus({ preventScroll: true });
    if (isOther && !this.isWhole) this.top(criterion.practice);
    this.reveal(criterion);
  }

  /** @param {Criterion} criterion */
  reveal({ node }) {
    const { top, bottom } = node.getBoundingClientRect();
    if (top < 90 || bottom > innerHeight - 90) node.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** @param {Practice} practice */
  top({ node }) {
    const { top } = node.getBoundingClientRect();
    if (top < 60 || top > innerHeight / 2) node.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** @param {EventTarget | null} target */
  criterionOf(target) {
    const field = target instanceof Element ? target.closest("fieldset") : null;
    return field ? this.sheet.model.criterion.get(field.id) : undefined;
  }
}

function keysAreOn() {
  try {
    return localStorage.getItem(KEYS) !== "off";
  } catch {
    return true;
  }
}

/** @param {boolean} on */
function switchKeys(on) {
  try {
    if (on) localStorage.removeItem(KEYS);
    else localStorage.setItem(KEYS, "off");
  } catch {
    // No storage: they stay on.
  }
}
