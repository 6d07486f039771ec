// A permanent address leads on with its fragment, which a redirect by the page itself would lose.
(function () {
  "use strict";
  const target = document.querySelector("a[data-forward]");
  if (target instanceof HTMLAnchorElement) location.replace(target.href + location.hash);
})();
