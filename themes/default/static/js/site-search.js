// Search by title, heading and other name. The list of pages is fetched when the reader begins to type.
(function () {
  "use strict";

  /** @typedef {{title: string, address: string, kind: string, description?: string, also_known_as?: string[], headings?: [string, string][]}} Page */
  const MOST = 50;

  /** Width, case and spacing do not count: ＳＬＯ finds SLO. @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

  class SiteSearch extends HTMLElement {
    connectedCallback() {
      const input = this.querySelector("input");
      if (!input) return;
      this.hidden = false;
      /** @type {Promise<Page[]> | undefined} */
      this.pages = undefined;
      input.value = new URLSearchParams(location.search).get("q") || "";
      input.addEventListener("input", () => this.search(input.value));
      input.focus();
      if (input.value) this.search(input.value);
    }

    /** @param {string} query */
    async search(query) {
      const words = fold(query).split(" ").filter(Boolean);
      const address = new URL(location.href);
      if (words.length) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      history.replaceState(null, "", address);
      if (!this.pages) {
        this.pages = fetch(this.dataset.pages || "")
          .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
          .then((index) => index.pages);
      }
      let pages;
      try {
        pages = await this.pages;
      } catch {
        this.pages = undefined;
        this.show(this.dataset.failed || "", []);
        return;
      }
      const input = this.querySelector("input");
      // A later key press has its own answer.
      if (input && input.value !== query) return;
      if (!words.length) {
        this.show("", []);
        return;
      }
      const found = pages
        .map((page) => this.rank(page, words))
        .filter((hit) => hit.rank > 0)
        .sort((a, b) => b.rank - a.rank);
      const said = found.length ? (this.dataset.count || "").replace("{n}", String(found.length)) : this.dataset.none || "";
      this.show(said, found.slice(0, MOST));
    }

    /**
     * Titles first, then other names, headings and descriptions; every word must be found somewhere.
     * @param {Page} page
     * @param {string[]} words
     */
    rank(page, words) {
      let rank = 0;
      /** @type {[string, string] | undefined} */
      let heading;
      const title = fold(page.title);
      const names = (page.also_known_as || []).map(fold).join("\n");
      const description = fold(page.description || "");
      for (const word of words) {
        const under = (page.headings || []).find((entry) => fold(entry[1]).includes(word));
        if (title.includes(word)) rank += title.startsWith(word) ? 10 : 8;
        else if (names.includes(word)) rank += 6;
        else if (under) {
          rank += 3;
          heading = heading || under;
        } else if (description.includes(word)) rank += 1;
        else return { page, rank: 0, heading: undefined };
      }
      return { page, rank, heading };
    }

    /**
     * @param {string} said
     * @param {{page: Page, heading?: [string, string]}[]} hits
     */
    show(said, hits) {
      const status = this.querySelector(".search-status");
      const list = this.querySelector(".entries");
      if (!status || !list) return;
      status.textContent = said;
      list.replaceChildren(
        ...hits.map(({ page, heading }) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.href = (this.dataset.root || "./") + page.address + (heading ? "#" + encodeURIComponent(heading[0]) : "");
          link.textContent = heading ? page.title + " › " + heading[1] : page.title;
          item.append(link);
          if (page.description) {
            const about = document.createElement("p");
            about.textContent = page.description;
            item.append(about);
          }
          return item;
        }),
      );
    }
  }

  customElements.define("site-search", SiteSearch);
})();
