// Another language shows the same place: both languages share their anchors.
(function () {
  "use strict";
  for (const link of document.querySelectorAll(".languages a")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("click", () => {
      link.hash = location.hash;
    });
  }
})();
