// <theme-switch data-system data-light data-dark><button>: as the system, light, dark, in turn.
(function () {
  "use strict";

  /** @typedef {"system" | "light" | "dark"} Choice */
  /** @type {Choice[]} */
  const CHOICES = ["system", "light", "dark"];
  const KEY = "shirube-theme";

  class ThemeSwitch extends HTMLElement {
    connectedCallback() {
      const button = this.querySelector("button");
      if (!button) return;
      this.hidden = false;
      this.show(button, this.choice());
      button.addEventListener("click", () => {
        const next = CHOICES[(CHOICES.indexOf(this.choice()) + 1) % CHOICES.length];
        this.choose(next);
        this.show(button, next);
      });
    }

    /** @returns {Choice} */
    choice() {
      const chosen = document.documentElement.dataset.theme;
      return chosen === "light" || chosen === "dark" ? chosen : "system";
    }

    /** @param {Choice} choice */
    choose(choice) {
      if (choice === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = choice;
      try {
        if (choice === "system") localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, choice);
      } catch {
        // No storage: the choice holds for this page.
      }
    }

    /**
     * @param {HTMLButtonElement} button
     * @param {Choice} choice
     */
    show(button, choice) {
      const label = this.dataset[choice] || choice;
      button.title = label;
      const text = button.querySelector("span");
      if (text) text.textContent = label;
    }
  }

  customElements.define("theme-switch", ThemeSwitch);
})();
