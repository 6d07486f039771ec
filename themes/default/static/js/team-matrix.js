// <team-matrix hidden><label><select>: colours the matrix by where the chosen team stands. The choice
// is the address's `?team=`, else the one made last time.
(function () {
  "use strict";

  const KEY = "shirube-team";

  class TeamMatrix extends HTMLElement {
    connectedCallback() {
      const select = this.querySelector("select");
      if (!select) return;
      this.hidden = false;
      const wanted = new URLSearchParams(location.search).get("team") ?? recall();
      select.value = [...select.options].some((option) => option.value === wanted) ? String(wanted) : "";
      this.show(select);
      select.addEventListener("change", () => {
        remember(select.value);
        const address = new URL(location.href);
        if (select.value) address.searchParams.set("team", select.value);
        else address.searchParams.delete("team");
        history.replaceState(null, "", address);
        this.show(select);
      });
    }

    /** @param {HTMLSelectElement} select */
    show(select) {
      const team = select.selectedIndex - 1;
      const table = document.querySelector("table.matrix");
      table?.classList.toggle("of-team", team >= 0);
      for (const row of document.querySelectorAll("tr[data-states]")) {
        if (row instanceof HTMLElement) this.colour(row, team < 0 ? undefined : row.dataset.states?.split(" ")[team]);
      }
    }

    /**
     * @param {HTMLElement} row
     * @param {string | undefined} state `2/3`, `=1.50/3`, `?` or `-`; nothing: as it was.
     */
    colour(row, state) {
      const [reached, target] = (state ?? "").split("/");
      // Points say how much, not which level holds: they are told in words alone.
      const points = reached.startsWith("=");
      const level = points ? 0 : Number(reached);
      row.classList.toggle("points", points);
      row.classList.toggle("not-assessed", state === "?");
      row.classList.toggle("not-applicable", state === "-");
      for (const cell of row.querySelectorAll("td")) {
        cell.classList.toggle("reached", target !== undefined && !points && Number(cell.dataset.level) <= level);
        cell.classList.toggle("target", !points && cell.dataset.level === target);
      }
      row.querySelector(".team-state")?.remove();
      if (state === undefined) return;
      const words = document.createElement("span");
      words.className = "minor team-state";
      words.textContent = this.words(state, reached, target);
      row.querySelector("th")?.append(words);
    }

    /**
     * @param {string} state
     * @param {string} reached
     * @param {string | undefined} target
     */
    words(state, reached, target) {
      const said = this.dataset;
      if (state === "-") return said.notApplicable ?? "";
      if (target === undefined) return said.notAssessed ?? "";
      const level = reached.startsWith("=") ? reached.slice(1) : (said.level ?? "").replace("{level}", reached);
      return (said.shown ?? "").replace("{state}", level).replace("{target}", target);
    }
  }

  function recall() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // No storage: the address alone says it.
    }
  }

  /** @param {string} team */
  function remember(team) {
    try {
      if (team) localStorage.setItem(KEY, team);
      else localStorage.removeItem(KEY);
    } catch {
      // No storage: the choice holds for this page.
    }
  }

  customElements.define("team-matrix", TeamMatrix);
})();
