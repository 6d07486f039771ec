// A copy button on every code block, where the browser lets pages copy.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  const words = document.querySelector("[data-copy]");
  if (!(words instanceof HTMLElement)) return;
  const { copy = "Copy", copied = "Copied" } = words.dataset;

  for (const figure of document.querySelectorAll("figure.code")) {
    const code = figure.querySelector("code");
    if (!code) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent || "");
        button.textContent = copied;
        setTimeout(() => { button.textContent = copy; }, 2000);
      } catch {
        // Refused: the text can still be selected.
      }
    });
    figure.append(button);
  }
})();
