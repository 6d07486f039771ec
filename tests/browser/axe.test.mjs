// Accessibility rules on a page of every kind, in both languages and both themes, as a static host serves it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { launch, watchedPage } from "./helpers/browser.mjs";
import { build, copyOfHandbook } from "./helpers/handbook.mjs";
import { host, pages } from "./helpers/site.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("accessibility", () => {
  let handbook, server, browser, addresses;

  before(async () => {
    handbook = await copyOfHandbook();
    const output = build(handbook.folder);
    addresses = representatives(await pages(output));
    [server, browser] = await Promise.all([host(output), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await handbook?.remove();
  });

  // What the themes change is colours, which do not depend on the width.
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390]]) {
    test(`no rule is broken in the ${colorScheme} theme, ${width} pixels wide`, async () => {
      assert.ok(addresses.length > 20, `only ${addresses.length} sorts of pages: ${addresses.join(" ")}`);
      const watched = await watchedPage(browser, server.url, { colorScheme, viewport: { width, height: 800 } });
      const { page } = watched;
      // Finding → the pages that have it.
      const found = new Map();
      const note = (finding, address) => found.set(finding, [...(found.get(finding) ?? []), `/${address}`]);
      for (const address of addresses) {
        await page.goto(server.url + address);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        for (const { id, help, nodes } of violations) {
          note(`${id}: ${help}\n    ${nodes[0].html.slice(0, 200)}\n    ${nodes[0].any[0]?.message ?? ""}`, address);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) note("wider than the window", `${address} (${overflow} pixels)`);
        for (const trouble of watched.trouble()) note(trouble, address);
      }
      await watched.close();
      const lines = [...found].map(([finding, pages]) => `${finding}\n    on ${pages.length}: ${pages.slice(0, 12).join(" ")}`);
      assert.equal(found.size, 0, `${found.size} findings on ${addresses.length} pages:\n${lines.join("\n")}`);
    });
  }
});

/**
 * Of every sort of page, told by language, first folder and depth, the one with the most HTML. Lists that
 * stand beside the pages they list are a sort of their own.
 */
function representatives(site) {
  const largest = new Map();
  for (const { name, text } of site) {
    if (!name.endsWith("index.html") || /(^|\/)go\//.test(name)) continue;
    const parts = name.replace(/^ja\//, "").split("/");
    const list = parts.length === 3 && parts[1].startsWith("by-") ? parts[1] : "";
    const sort = `${name.startsWith("ja/")} ${parts[0]} ${parts.length} ${list}`;
    if (text.length > (largest.get(sort)?.text.length ?? 0)) largest.set(sort, { name, text });
  }
  return [...largest.values()].map(({ name }) => name.replace(/index\.html$/, "")).sort();
}
