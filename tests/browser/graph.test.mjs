// The drawing of prerequisites in a real browser: fonts are known only there.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, watchedPage } from "./helpers/browser.mjs";
import { build, copyOfHandbook } from "./helpers/handbook.mjs";
import { host } from "./helpers/site.mjs";

describe("the graph of prerequisites", () => {
  let handbook, server, browser;

  before(async () => {
    handbook = await copyOfHandbook();
    [server, browser] = await Promise.all([host(build(handbook.folder)), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await handbook?.remove();
  });

  for (const address of ["graph/", "ja/graph/"]) {
    test(`labels stay in their boxes, and names of bands beside the lines: ${address}`, async () => {
      const { page, calm, close } = await watchedPage(browser, server.url);
      await page.goto(server.url + address);
      const { nodes, outside, covered } = await page.evaluate(() => {
        const box = (element) => element.getBBox();
        const all = [...document.querySelectorAll(".graph .node")];
        const outside = all.filter((node) => {
          const [rect, text] = [box(node.querySelector("rect")), box(node.querySelector("text"))];
          return text.x < rect.x || text.x + text.width > rect.x + rect.width
            || text.y < rect.y || text.y + text.height > rect.y + rect.height;
        });
        const first = Math.min(...[...document.querySelectorAll(".graph .node path")].map((path) => path.getPointAtLength(0).x));
        const covered = [...document.querySelectorAll(".graph .band text")].filter((text) => box(text).x + box(text).width > first);
        const words = (elements) => elements.map((element) => element.textContent.trim());
        return { nodes: all.length, outside: words(outside), covered: words(covered) };
      });
      assert.ok(nodes > 1, `only ${nodes} nodes`);
      assert.deepEqual(outside, []);
      assert.deepEqual(covered, []);
      calm();
      await close();
    });
  }

  test("on a phone it keeps its size and scrolls by itself; without script every node leads to its practice", async () => {
    const { page, calm, close } = await watchedPage(browser, server.url, {
      javaScriptEnabled: false,
      viewport: { width: 375, height: 812 },
    });
    await page.goto(`${server.url}graph/`);
    const drawn = await page.locator(".graph").boundingBox();
    assert.equal(drawn.width, Number(await page.locator(".graph").getAttribute("width")));
    const [room, article] = [await page.locator(".graph-scroll").boundingBox(), await page.locator("article").boundingBox()];
    assert.ok(room.width <= article.width && drawn.width > room.width, `${drawn.width} in ${room.width} in ${article.width}`);
    const node = page.locator(".graph .node a").last();
    const title = (await node.locator("tspan").allTextContents()).join(" ");
    await node.click();
    assert.equal(await page.locator("h1").textContent(), title);
    calm();
    await close();
  });
});
