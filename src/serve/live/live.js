// Keeps the page in step with the preview server: loads it again after a good build, and shows what
// has to be mended after a bad one. Served by the preview only; it is not part of the site.

// The address of this script says which build the page came from. (Not `document.currentScript`:
// an element of that name in the page would stand in for it.)
const own = new URL(import.meta.url);
const build = own.searchParams.get("build");

/** @type {EventSource | null} */
let stream = null;
let retry = 0;
/** The report that was closed by hand, and stays closed. */
let dismissed = "";

function connect() {
  disconnect();
  stream = new EventSource(new URL("events", own));
  stream.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (state.build !== build) {
      disconnect();
      location.reload();
    } else {
      show(state.problems ?? "");
    }
  });
  // Some browsers give up when nobody listens, as while the server is started anew.
  stream.addEventListener("error", () => {
    if (stream?.readyState === EventSource.CLOSED) {
      disconnect();
      retry = setTimeout(connect, 1000);
    }
  });
}

function disconnect() {
  clearTimeout(retry);
  stream?.close();
  stream = null;
}

/** @type {{dialog: HTMLDialogElement, report: HTMLElement} | null} */
let overlay = null;

/** @param {string} problems */
function show(problems) {
  if (problems === "") {
    dismissed = "";
    overlay?.dialog.close();
    return;
  }
  if (problems === dismissed) return;
  overlay ??= makeOverlay();
  overlay.report.textContent = problems;
  if (!overlay.dialog.open) overlay.dialog.showModal();
}

/** In a shadow tree, so that neither the theme nor the overlay changes the other. */
function makeOverlay() {
  const host = document.createElement("shirube-problems");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("live.css", own).href;
  const dialog = document.createElement("dialog");
  dialog.lang = "en";
  dialog.setAttribute("aria-labelledby", "title");
  const title = document.createElement("h1");
  title.id = "title";
  title.textContent = "The handbook could not be built";
  const note = document.createElement("p");
  note.textContent = "The last good site stays below. This goes away when the problem is mended.";
  const report = document.createElement("pre");
  report.tabIndex = 0;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => {
    dismissed = report.textContent ?? "";
    dialog.close();
  });
  dialog.addEventListener("cancel", () => {
    dismissed = report.textContent ?? "";
  });
  dialog.append(title, note, report, close);
  shadow.append(style, dialog);
  document.body.append(host);
  return { dialog, report };
}

// Browsers open six connections to one server. A tab that nobody sees lets go of its stream, so that
// many tabs do not starve the one in front; when it is seen again, the first state tells the news.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) disconnect();
  else connect();
});
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => {
  if (event.persisted) connect();
});
if (!document.hidden) connect();
