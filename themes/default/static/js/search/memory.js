// What this browser remembers of the reader's searches. Without storage it remembers nothing, and all else works.

const MOST = 8;

/** The searches before, the newest first. @param {string} base The site's root: other sites of the host have searches of their own. @returns {string[]} */
export function recent(base) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(base)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {string} base @param {string} text */
export function remember(base, text) {
  const said = text.trim();
  if (!said) return;
  store(keyOf(base), JSON.stringify([said, ...recent(base).filter((other) => other !== said)].slice(0, MOST)));
}

/** @param {string} base */
export function forget(base) {
  store(keyOf(base), null);
}

/** Whether the key `/` opens the palette; `search-door.js` asks for it too. */
export function slash() {
  try {
    return localStorage.getItem("shirube-slash") !== "off";
  } catch {
    return true;
  }
}

/** @param {boolean} on */
export function chooseSlash(on) {
  store("shirube-slash", on ? null : "off");
}

/** @param {string} base */
function keyOf(base) {
  return `shirube-searches:${new URL(base, location.href).pathname}`;
}

/** @param {string} key @param {string | null} value */
function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // No storage.
  }
}
