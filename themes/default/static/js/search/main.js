// What the search is on a page: the search page itself, the palette, or marks on a page that was found.

import { markPage } from "./marking.js";
import { SearchPage } from "./page.js";
import { Palette } from "./palette.js";

/** @type {Palette | undefined} */
let palette;

document.addEventListener("search-open", (event) => {
  const door = event.target;
  const link = door instanceof HTMLElement ? door.querySelector("a") : null;
  if (!(door instanceof HTMLElement) || !link || !(event instanceof CustomEvent)) return;
  palette ??= new Palette(door.dataset.base ?? "./", link.href);
  palette.show(event.detail);
});

customElements.define("search-page", SearchPage);
markPage();
