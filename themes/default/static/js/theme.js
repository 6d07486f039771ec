// Runs before the first paint: the reader's choice of light or dark, if there is one.
(function () {
  "use strict";
  try {
    const choice = localStorage.getItem("shirube-theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch {
    // No storage: as the system has it.
  }
})();
