// <site-search>: the search page.

import { open } from "./engine.js";

const MOST = 50;

class SiteSearch extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input) return;
    this.hidden = false;
    this.engine = open({ base: this.dataset.base || "./", language: this.dataset.language || "" });
    input.value = new URLSearchParams(location.search).get("q") || "";
    input.addEventListener("input", () => this.search(input.value));
    input.focus();
    if (input.value) this.search(input.value);
  }

  /** @param {string} text */
  async search(text) {
    const address = new URL(location.href);
    if (text.trim()) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    const { count = "", none = "", failed = "" } = this.dataset;
    try {
      for (const settle of [false, true]) {
        const answer = await this.engine?.search(text, { limit: MOST, settle });
        if (!answer) return;
        const said = answer.total ? count.replace("{n}", String(answer.total)) : none;
        this.show(text, text.trim() ? said : "", answer.total ? answer.hits : answer.near);
        if (answer.settled) return;
      }
    } catch {
      this.show(text, failed, []);
    }
  }

  /** @param {string} text @param {string} said @param {import("./engine.js").Hit[]} hits */
  show(text, said, hits) {
    const status = this.querySelector(".search-status");
    const list = this.querySelector(".entries");
    if (!status || !list) return;
    status.textContent = said;
    list.replaceChildren(...hits.map((hit, at) => this.entry(hit, text, at < 10)));
  }

  /** @param {import("./engine.js").Hit} hit @param {string} text @param {boolean} detailed */
  entry(hit, text, detailed) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = hit.url;
    link.lang = hit.language;
    link.textContent = hit.title;
    item.append(link);
    if (detailed) {
      this.engine?.detail(hit, text).then(({ heading, teaser }) => {
        if (heading) {
          link.href = `${hit.url}#${encodeURIComponent(heading.anchor)}`;
          link.textContent = `${hit.title} › ${heading.text}`;
        }
        const about = document.createElement("p");
        about.lang = hit.language;
        about.append(...teaser.map(({ text, mark }) => (mark ? Object.assign(document.createElement("mark"), { textContent: text }) : text)));
        item.append(about);
      }, () => {});
    }
    return item;
  }
}

customElements.define("site-search", SiteSearch);
