// What other documents show of a handbook: cards in frames, badges as pictures. Under the headers of `_headers`.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { launch } from "./helpers/browser.mjs";
import { build, copyOfHandbook } from "./helpers/handbook.mjs";
import { host } from "./helpers/site.mjs";

const practice = "error-budget-policy";

describe("in another site's page", () => {
  let handbook, site, browser, other;

  before(async () => {
    handbook = await copyOfHandbook();
    site = await host(build(handbook.folder));
    browser = await launch();
    const server = createServer((request, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>Another site</title>${decodeURIComponent(new URL(request.url, "http://x").search.slice(1))}`);
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    other = { server, url: `http://127.0.0.1:${server.address().port}/` };
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
    other?.server.closeAllConnections();
    other?.server.close();
    await handbook?.remove();
  });

  /** A page of another site that holds `html`. */
  async function elsewhere(html, options, body) {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(`${other.url}?${encodeURIComponent(html)}`);
      await body(page);
    } finally {
      await context.close();
    }
  }

  for (const [language, title] of [["", "Error budget policy"], ["ja/", "エラーバジェット運用"]]) {
    test(`a card can be framed, and leads out of the frame (${language || "en/"})`, () =>
      elsewhere(`<iframe src="${site.url}${language}embed/${practice}/" width="480" height="220"></iframe>`, {}, async (page) => {
        const card = page.frameLocator("iframe");
        const link = card.getByRole("link", { name: title });
        assert.ok(await link.isVisible());
        assert.equal(await card.locator("script").count(), 0);
        const scrolls = await card.locator("html").evaluate((html) => html.scrollHeight > html.clientHeight);
        assert.ok(!scrolls, "the card is higher than 220 pixels");
        await link.click();
        await page.waitForURL(`${site.url}${language}practices/slo/${practice}/`);
      }));
  }

  test("no other page can be framed", async () => {
    for (const address of ["", `practices/slo/${practice}/`, "ja/", "ja/roles/sre/", `go/${practice}/`, "search/", "teams/checkout/"]) {
      await elsewhere(`<iframe src="${site.url}${address}"></iframe>`, {}, async (page) => {
        await page.waitForLoadState("networkidle");
        // The browser shows a page of its own instead.
        const ours = page.frameLocator("iframe").locator('link[href*="assets/"]');
        assert.equal(await ours.count(), 0, `${address} was framed`);
      });
    }
  });

  test("a badge has words and the colours of its surroundings", async () => {
    const state = {};
    for (const colorScheme of ["light", "dark"]) {
      await elsewhere(`<img src="${site.url}badges/team/checkout.svg" alt="badge">`, { colorScheme }, async (page) => {
        const badge = page.getByRole("img", { name: "badge" });
        const size = await badge.evaluate(async (image) => {
          await image.decode();
          return [image.naturalWidth, image.naturalHeight];
        });
        assert.ok(size[0] > 100 && size[1] === 20, `${size}`);
        state[colorScheme] = (await badge.screenshot()).toString("base64");
      });
    }
    assert.notEqual(state.light, state.dark, "the badge is the same in the dark");
  });
});
