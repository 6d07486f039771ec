// Chromium, and pages that are watched for what must never happen on our sites.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

/** A browser with a profile of its own, gone with it. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A new page, and the list of what went wrong on it: errors on the console, requests to other hosts,
 * answers that are errors, and violations of the content security policy.
 */
export async function watchedPage(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = [];
  const { host } = new URL(url);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`exception: ${error.stack ?? error}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== "data:" && asked.host !== host) trouble.push(`another host: ${asked}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
  });
  if (options.javaScriptEnabled !== false) {
    await page.exposeFunction("__violation", (text) => trouble.push(`policy: ${text}`));
    await page.addInitScript(() => {
      addEventListener(
        "securitypolicyviolation",
        (event) => globalThis.__violation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
        true,
      );
    });
  }
  return {
    page,
    /** What went wrong since this was last asked. */
    trouble: () => trouble.splice(0),
    /** Fails when anything went wrong. */
    calm: () => assert.deepEqual(trouble.splice(0), []),
    close: () => context.close(),
  };
}

/** How bright the page's ground is, 0 (black) to 1 (white). */
export function brightness(page) {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    // What shows where nothing is painted; follows `color-scheme`.
    const ground = document.createElement("div");
    ground.style.backgroundColor = "Canvas";
    document.body.append(ground);
    // From behind to the front; what is transparent changes nothing.
    for (const element of [ground, document.documentElement, document.body]) {
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    ground.remove();
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  });
}
