// An old or permanent address leads on with its fragment, which a redirect by the page itself would lose.
(function () {
  "use strict";
  /** What stands at the fragment. */
  const place = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };
  const page = document.querySelector("a[data-forward]");
  const leads = page !== null || document.body.classList.contains("redirect-page");
  // A part of the page may have gone elsewhere.
  const part = leads && place()?.querySelector("a[data-part]");
  const target = part || page;
  if (!(target instanceof HTMLAnchorElement)) return;
  const address = new URL(target.href);
  if (!part && location.hash) address.hash = location.hash;
  location.replace(address);
})();
