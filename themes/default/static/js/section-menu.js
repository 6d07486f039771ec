// Brings the current page's entry into view in a long section menu, without moving the page.
(function () {
  "use strict";
  const menu = document.getElementById("menu");
  const current = menu && menu.querySelector("[aria-current='page']");
  if (!menu || !(current instanceof HTMLElement)) return;
  const below = current.offsetTop + current.offsetHeight - menu.clientHeight;
  if (below > 0) menu.scrollTop = below + menu.clientHeight / 3;
})();
