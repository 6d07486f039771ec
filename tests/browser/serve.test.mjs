// `shirube serve` in a real browser: reading, two languages, two themes, writing with the preview open.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { brightness, launch, watchedPage } from "./helpers/browser.mjs";
import { copyOfHandbook, serve } from "./helpers/handbook.mjs";

const practice = "practices/slo/error-budget-policy/";

describe("the preview", () => {
  let handbook, preview, browser;

  before(async () => {
    handbook = await copyOfHandbook();
    [preview, browser] = await Promise.all([serve(handbook.folder), launch()]);
  });
  after(async () => {
    await browser?.close();
    await preview?.stop();
    await handbook?.remove();
  });

  /** Opens `address`, hands the page to `body`, and fails when anything went wrong on the way. */
  async function visit(address, options, body) {
    const watched = await watchedPage(browser, preview.url, options);
    try {
      await watched.page.goto(new URL(address, preview.url).href);
      await body(watched.page);
      watched.calm();
    } finally {
      await watched.close();
    }
  }

  test("home shows the handbook's name and leads to the practices", () =>
    visit("", {}, async (page) => {
      assert.match(await page.title(), /Reliability handbook/);
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(await page.locator("h1").count(), 1);
      await page.getByRole("banner").getByRole("link", { name: "Practices", exact: true }).click();
      await page.waitForURL(/\/practices\/$/);
    }));

  test("a practice shows its criteria, its playbooks, its roles, and what links to it", () =>
    visit(practice, {}, async (page) => {
      assert.equal((await page.locator("h1").innerText()).trim(), "Error budget policy");
      const main = page.getByRole("main");
      for (const text of [
        "A written policy says who decides what when the budget is spent.",
        "Introduce burn-rate alerts",
        "Targets and windows",
      ]) {
        assert.ok(await main.getByText(text).first().isVisible(), `${text} is not to be seen`);
      }
      // A criterion can be linked to.
      await page.goto(new URL(`${practice}#policy-agreed`, preview.url).href);
      assert.ok(await page.locator("#policy-agreed").isVisible());
    }));

  test("the language switch keeps the place", () =>
    visit(`${practice}#how-it-goes-wrong`, {}, async (page) => {
      const switches = page.locator('a[hreflang="ja"]:visible').first();
      await switches.click();
      await page.waitForURL((url) => url.pathname.endsWith(`/ja/${practice}`));
      assert.equal(await page.locator("html").getAttribute("lang"), "ja");
      assert.equal((await page.locator("h1").innerText()).trim(), "エラーバジェット運用");
      assert.equal(new URL(page.url()).hash, "#how-it-goes-wrong", "the heading is lost");
      assert.ok(await page.locator("#how-it-goes-wrong").isVisible());
      await page.locator('a[hreflang="en"]:visible').first().click();
      await page.waitForURL((url) => url.pathname.endsWith(`/${practice}`) && !url.pathname.includes("/ja/"));
    }));

  test("the theme follows the system", async () => {
    await visit(practice, { colorScheme: "light" }, async (page) => assert.ok((await brightness(page)) > 0.8));
    await visit(practice, { colorScheme: "dark" }, async (page) => assert.ok((await brightness(page)) < 0.2));
  });

  test("the theme switch overrides the system, and is remembered", () =>
    visit(practice, { colorScheme: "light" }, async (page) => {
      await chooseTheme(page, "dark");
      assert.ok((await brightness(page)) < 0.2, "dark was chosen");
      await page.reload();
      assert.ok((await brightness(page)) < 0.2, "dark was chosen before the page was loaded again");
      await page.emulateMedia({ colorScheme: "dark" });
      await chooseTheme(page, "light");
      assert.ok((await brightness(page)) > 0.8, "light was chosen on a dark system");
    }));

  test("without JavaScript a practice can be read, and its links work", () =>
    visit(practice, { javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.getByText("When a service has had a bad month").isVisible());
      assert.ok(await page.getByText("A written policy says who decides what").first().isVisible());
      await page.locator('a[hreflang="ja"]:visible').first().click();
      await page.waitForURL((url) => url.pathname.endsWith(`/ja/${practice}`));
      // Controls that would do nothing are not shown; popovers need no script.
      assert.equal(await page.locator("button:not([popovertarget]):visible").count(), 0, "a dead button");
    }));

  test("a page that was saved shows its new text by itself", () =>
    visit(practice, {}, async (page) => {
      const file = join(handbook.folder, "content", "practices/slo/error-budget-policy.md");
      const original = await readFile(file, "utf8");
      try {
        await writeFile(file, `${original}\nThis sentence was written a moment ago.\n`);
        await page.getByText("This sentence was written a moment ago.").waitFor({ timeout: 10_000 });
      } finally {
        await writeFile(file, original);
      }
      await page.getByText("This sentence was written a moment ago.").waitFor({ state: "detached", timeout: 10_000 });
    }));

  test("a mistake is shown over the last good page, and goes away when it is mended", () =>
    visit(practice, {}, async (page) => {
      const file = join(handbook.folder, "content", "practices/slo/error-budget-policy.md");
      const original = await readFile(file, "utf8");
      const dialog = page.getByRole("dialog");
      try {
        await writeFile(file, original.replace("requires: [slo-targets]", "requires: [slo-target]"));
        await dialog.waitFor({ timeout: 10_000 });
        const told = await dialog.innerText();
        assert.match(told, /error-budget-policy\.md:\d+:\d+/, "file, line and column");
        assert.match(told, /slo-targets/, "the nearest name");
        assert.equal((await page.locator("h1").first().innerText()).trim(), "Error budget policy");
      } finally {
        await writeFile(file, original);
      }
      await dialog.waitFor({ state: "hidden", timeout: 10_000 });
    }));

  test("an address that does not exist is answered by the handbook", async () => {
    const watched = await watchedPage(browser, preview.url);
    const answer = await watched.page.goto(new URL("no/such/page/", preview.url).href);
    assert.equal(answer.status(), 404);
    assert.ok(await watched.page.getByRole("link", { name: /handbook/i }).first().isVisible());
    await watched.close();
  });
});

/** Clicks the theme switch until the page says that it is in `theme`. */
async function chooseTheme(page, theme) {
  const button = page.getByRole("button", { name: /theme|appearance/i });
  for (let clicks = 0; clicks < 3; clicks += 1) {
    const dark = (await brightness(page)) < 0.5;
    const chosen = await page.evaluate(() => document.documentElement.dataset.theme);
    if (chosen === theme && dark === (theme === "dark")) return;
    await button.click();
  }
}
