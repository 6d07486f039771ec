// <search-door data-base data-css data-words data-js><a>: opens the search, whose code is loaded only then.
(function () {
  "use strict";

  class SearchDoor extends HTMLElement {
    connectedCallback() {
      const link = this.querySelector("a");
      if (!link) return;
      this.link = link;
      link.setAttribute("role", "button");
      link.setAttribute("aria-haspopup", "dialog");
      link.addEventListener("click", (event) => {
        // With a key held, the link leads to the search page in a tab of its own.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        this.open();
      });
      link.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        this.open();
      });
      link.addEventListener("pointerenter", () => this.load(), { once: true });
      document.addEventListener("keydown", (event) => {
        if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
        const control = event.ctrlKey !== event.metaKey && !event.shiftKey && event.key.toLowerCase() === "k";
        const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target) && this.hasSlash();
        if (!control && !slash) return;
        event.preventDefault();
        this.open();
      });
      if (new URLSearchParams(location.search).has("mark")) this.load();
    }

    /** Whether the reader wants the single key. */
    hasSlash() {
      try {
        return localStorage.getItem("shirube-slash") !== "off";
      } catch {
        return true;
      }
    }

    /** Opens the palette; on the search page its box is at hand. */
    async open() {
      const box = document.getElementById("search-query");
      if (box instanceof HTMLInputElement) {
        box.focus();
        return box.select();
      }
      if (document.querySelector("dialog:modal") || this.typed !== undefined) return;
      // What is typed while the code is on its way is not lost.
      this.typed = "";
      const keep = (/** @type {KeyboardEvent} */ event) => {
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        this.typed += event.key;
      };
      addEventListener("keydown", keep, true);
      try {
        await this.load();
        this.dispatchEvent(new CustomEvent("search-open", { detail: this.typed, bubbles: true }));
      } catch {
        location.assign(this.link?.href ?? "");
      } finally {
        removeEventListener("keydown", keep, true);
        this.typed = undefined;
      }
    }

    /** Stylesheet, words and script, once. */
    load() {
      const { css = "", words = "", js = "" } = this.dataset;
      this.loaded ??= Promise.all([
        loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: css })),
        loaded(Object.assign(document.createElement("script"), { src: words, async: false })),
        loaded(Object.assign(document.createElement("script"), { src: js, async: false })),
      ]);
      this.loaded.catch(() => (this.loaded = undefined));
      return this.loaded;
    }
  }

  /** @param {HTMLLinkElement | HTMLScriptElement} element */
  function loaded(element) {
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  /** @param {EventTarget | null} target */
  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role='textbox']"));
  }

  customElements.define("search-door", SearchDoor);
})();
