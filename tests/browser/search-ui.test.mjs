// Searching as a reader does it: the palette, the search page, and the marks on the page that was found.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";

import { launch, watchedPage } from "./helpers/browser.mjs";
import { build, copyOfHandbook, handbookOf } from "./helpers/handbook.mjs";
import { host } from "./helpers/site.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const policy = "practices/slo/error-budget-policy/";
const wide = { viewport: { width: 1280, height: 900 } };

const isOfSearch = (address) => /\/search\/|\/assets\/search/.test(address);

/** The open palette, its box, and its options. */
function paletteOf(page) {
  const dialog = page.locator("dialog.palette");
  return { dialog, box: dialog.getByRole("combobox"), options: dialog.getByRole("option"), status: dialog.getByRole("status") };
}

async function openPalette(page) {
  await page.keyboard.press("/");
  const palette = paletteOf(page);
  await palette.box.waitFor();
  return palette;
}

/** Waits until something holds on the page. */
async function until(holds, what) {
  let found;
  for (let tries = 0; tries < 100; tries += 1) {
    found = await holds();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  assert.fail(what);
}

const queryOf = (page) => new URL(page.url()).searchParams;

describe("search", () => {
  let handbook, server, browser;

  before(async () => {
    handbook = await copyOfHandbook();
    const output = build(handbook.folder);
    [server, browser] = await Promise.all([host(output), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await handbook?.remove();
  });

  /** Does something on a page that is watched: no error, no violation of the policy, no other host. */
  async function on(address, options, work) {
    const watched = await watchedPage(browser, server.url, { ...wide, ...options });
    const requests = [];
    watched.page.on("request", (request) => requests.push(request.url()));
    try {
      await watched.page.goto(server.url + address);
      await work(watched.page, requests);
      watched.calm();
    } finally {
      await watched.close();
    }
  }

  describe("palette", () => {
    test("asks for nothing before it is opened, and for no index before something is typed", () =>
      on(policy, {}, async (page, requests) => {
        await page.waitForLoadState("networkidle");
        assert.deepEqual(requests.filter(isOfSearch), []);
        assert.ok(new Set(requests).size <= 5, requests.join("\n"));
        const { box } = await openPalette(page);
        await page.waitForLoadState("networkidle");
        assert.equal(requests.filter((address) => address.includes("/assets/search")).length, 3);
        assert.deepEqual(requests.filter((address) => address.includes("/search/")), []);
        await box.pressSequentially("slo");
        await until(() => requests.some((address) => address.endsWith("/search/router.bin")), "no index was read");
      }));

    test("opens by / and Ctrl-K and ⌘K and by its button, not while one types, and gives the focus back", () =>
      on(policy, {}, async (page) => {
        const { dialog } = paletteOf(page);
        const link = page.locator(".site-nav a").first();
        for (const keys of ["/", "Control+k", "Meta+k"]) {
          await link.focus();
          await page.keyboard.press(keys);
          await dialog.waitFor();
          await page.keyboard.press("Escape");
          await dialog.waitFor({ state: "hidden" });
          assert.equal(await link.evaluate((one) => one === document.activeElement), true, keys);
        }
        const button = page.locator("search-door").getByRole("button", { name: "Search" });
        for (const open of [() => button.click(), () => button.press("Enter"), () => button.press(" ")]) {
          await open();
          await dialog.waitFor();
          await dialog.getByRole("button", { name: "Close" }).click();
          await dialog.waitFor({ state: "hidden" });
          assert.equal(await button.evaluate((one) => one === document.activeElement), true);
        }
        await button.click();
        await page.mouse.click(5, 5);
        await dialog.waitFor({ state: "hidden" });
        await page.evaluate(() => document.body.prepend(document.createElement("textarea")));
        await page.locator("textarea").press("/");
        assert.equal(await page.locator("textarea").inputValue(), "/");
        assert.equal(await dialog.isVisible(), false);
      }));

    test("keeps what is typed while its code is on the way", () =>
      on("", {}, async (page) => {
        await page.route("**/assets/search.*.js", async (route) => {
          await new Promise((later) => setTimeout(later, 400));
          await route.continue();
        });
        await page.keyboard.type("/rollback");
        const { box } = paletteOf(page);
        await box.waitFor();
        assert.equal(await box.inputValue(), "rollback");
      }));

    test("is used with the keyboard alone, and leads to the page with its words marked", () =>
      on("", {}, async (page) => {
        const { box, options, status } = await openPalette(page);
        await page.keyboard.type("error budget policy");
        await until(async () => (await options.count()) > 4, "no results");
        assert.match(await status.textContent(), /^\d+ pages$/);
        const chosen = () => box.getAttribute("aria-activedescendant");
        assert.deepEqual([await box.getAttribute("aria-expanded"), await chosen()], ["true", "palette-option-0"]);
        await page.keyboard.press("ArrowDown");
        assert.equal(await chosen(), "palette-option-1");
        assert.equal(await options.nth(1).getAttribute("aria-selected"), "true");
        assert.equal(await options.nth(0).getAttribute("aria-selected"), "false");
        await page.keyboard.press("ArrowUp");
        await page.keyboard.press("ArrowUp");
        assert.equal(await chosen(), `palette-option-${(await options.count()) - 1}`);
        await page.keyboard.press("ArrowDown");
        const titles = await options.locator(".row-title b").allTextContents();
        const at = titles.indexOf("Error budget policy");
        assert.ok(at >= 0, titles.join(", "));
        for (let step = 0; step < at; step += 1) await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForURL((address) => address.pathname === `/${policy}`);
        await page.locator(".mark-bar").waitFor();
      }));

    test("opens a result in a new tab", () =>
      on("", {}, async (page) => {
        const { options } = await openPalette(page);
        await page.keyboard.type("rollback");
        await options.first().waitFor();
        for (const open of [() => page.keyboard.press("Control+Enter"), () => options.first().click({ modifiers: ["Control"] })]) {
          const [tab] = await Promise.all([page.context().waitForEvent("page"), open()]);
          await tab.waitForURL(/rollback/);
          await tab.close();
          assert.equal(new URL(page.url()).pathname, "/");
        }
      }));

    test("remembers searches, until they are forgotten", () =>
      on("", {}, async (page) => {
        const { options } = await openPalette(page);
        await page.keyboard.type("rollback");
        await options.first().waitFor();
        await page.keyboard.press("Enter");
        await page.waitForURL(/rollback/);
        const { dialog, box } = await openPalette(page);
        assert.deepEqual(await options.allTextContents(), ["rollback"]);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        assert.equal(await box.inputValue(), "rollback");
        await until(async () => (await options.count()) > 1, "no results for the recent search");
        await box.fill("");
        await dialog.getByRole("button", { name: "Forget them" }).click();
        assert.equal(await options.count(), 0);
        await page.reload();
        await openPalette(page);
        assert.equal(await options.count(), 0);
      }));

    test("works where the browser keeps nothing", () =>
      on("", {}, async (page) => {
        await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("no storage"); } }));
        await page.reload();
        const { options } = await openPalette(page);
        await page.keyboard.type("rollback");
        await options.first().waitFor();
        await page.keyboard.press("Enter");
        await page.waitForURL(/rollback/);
      }));

    test("its single key can be switched off", () =>
      on("", {}, async (page) => {
        const { dialog } = await openPalette(page);
        await dialog.getByRole("checkbox").uncheck();
        await page.keyboard.press("Escape");
        await page.reload();
        await page.keyboard.press("/");
        await page.keyboard.press("Control+k");
        await dialog.waitFor();
        assert.equal(await dialog.getByRole("checkbox").isChecked(), false);
        assert.equal(await paletteOf(page).box.inputValue(), "");
      }));

    test("leads to the search page with the query", () =>
      on("ja/", {}, async (page) => {
        const { dialog } = await openPalette(page);
        await page.keyboard.insertText("障害対応");
        await paletteOf(page).options.first().waitFor();
        await dialog.getByRole("link", { name: "すべての結果" }).click();
        await page.waitForURL(/\/ja\/search\//);
        assert.equal(queryOf(page).get("q"), "障害対応");
        await page.locator(".result").first().waitFor();
      }));

    test("an input method's keys are its own", () =>
      on("ja/", {}, async (page) => {
        const { box, options } = await openPalette(page);
        await page.keyboard.insertText("障害");
        await options.first().waitFor();
        await box.evaluate((one) => one.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
        assert.equal(new URL(page.url()).pathname, "/ja/");
        assert.equal(await paletteOf(page).dialog.isVisible(), true);
      }));

    test("is touched on a phone", () =>
      on("ja/", { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true }, async (page) => {
        await page.tap("search-door a");
        const { box, options } = paletteOf(page);
        await box.waitFor();
        await page.keyboard.insertText("エラー予算");
        await options.first().waitFor();
        await options.first().tap();
        await page.waitForURL(/error-budget/);
      }));

    test("where its code does not come, the search page does", async () => {
      const watched = await watchedPage(browser, server.url, wide);
      const { page } = watched;
      await page.goto(server.url);
      await page.route("**/assets/search-words.*", (route) => route.abort());
      await page.locator("search-door a").click();
      await page.waitForURL(/\/search\//);
      await watched.close();
    });
  });

  describe("page", () => {
    test("leads to the very criterion, in both languages", async () => {
      for (const [address, query] of [["search/", "who agreed the policy"], ["ja/search/", "ポリシーに誰が合意したか"]]) {
        await on(address, {}, async (page) => {
          await page.getByRole("searchbox").fill(query);
          const prefix = address.replace("search/", "");
          const result = page.locator(".result", { has: page.locator(`h2 a[href*="${prefix}${policy}"]`) }).first();
          await result.locator(".result-where a").waitFor();
          assert.match(await result.locator("h2 a").getAttribute("href"), /\?mark=.*#policy-agreed$/);
          assert.ok((await result.locator("mark").count()) > 0, "nothing is marked");
          await result.locator("h2 a").click();
          await page.waitForURL((found) => found.pathname === `/${prefix}${policy}` && found.hash === "#policy-agreed" && found.search === "");
          await page.locator("#policy-agreed mark, [id=policy-agreed] mark").first().waitFor();
        });
      }
    });

    test("finds while one types, says how many, and shows more", () =>
      on("search/", {}, async (page) => {
        const box = page.getByRole("searchbox");
        assert.equal(await box.evaluate((one) => one === document.activeElement), true);
        await page.keyboard.type("error budget");
        const results = page.locator(".results > .result");
        await until(async () => (await results.count()) === 20, "not twenty results");
        const status = page.locator("search-page").getByRole("status");
        const total = Number(/^(\d+) pages$/.exec(await status.textContent())[1]);
        assert.ok(total > 40);
        const first = results.first();
        assert.equal(await first.locator("h2").textContent(), "Error budget");
        assert.equal(await first.locator(".result-kind").textContent(), "Term");
        assert.ok((await page.locator(".result .level").count()) > 0 && (await page.getByText("SLOs and error budgets").count()) > 1);
        await page.getByRole("button", { name: "Show 20 more" }).click();
        await until(async () => (await results.count()) === 40, "not forty results");
        assert.equal(await results.nth(20).locator("h2 a").evaluate((one) => one === document.activeElement), true);
      }));

    test("asks for nothing before something is typed", () =>
      on("search/", {}, async (page, requests) => {
        await page.waitForLoadState("networkidle");
        assert.deepEqual(requests.filter((address) => /\/search\/(router|data)/.test(address)), []);
      }));

    test("is narrowed down, and the address holds it all", () =>
      on("search/?q=incident", {}, async (page) => {
        const playbooks = page.getByRole("group", { name: "Kind" }).getByRole("checkbox", { name: /Playbook/ });
        await playbooks.waitFor();
        const status = page.locator("search-page").getByRole("status");
        const all = await status.textContent();
        for (const name of ["Kind", "Area", "Practice", "Level", "Role", "Team", "Language"]) assert.equal(await page.getByRole("group", { name, exact: true }).count(), 1, name);
        const count = /(\d+)$/.exec((await playbooks.locator("xpath=..").textContent()).trim())[1];
        await playbooks.focus();
        await page.keyboard.press("Space");
        await until(async () => (await status.textContent()) === `${count} pages`, "the count is not what was found");
        assert.equal(await playbooks.evaluate((one) => one === document.activeElement), true, "the focus is gone");
        assert.deepEqual([...queryOf(page)], [["q", "incident"], ["kind", "playbook"]]);
        assert.deepEqual(new Set(await page.locator(".result-kind").allTextContents()), new Set(["Playbook"]));
        await page.getByRole("group", { name: "Area" }).getByRole("checkbox").first().check();
        await until(() => queryOf(page).has("area"), "the area is not in the address");

        await page.goBack();
        await until(async () => (await status.textContent()) === `${count} pages`, "back did not take the area away");
        await page.goBack();
        await until(async () => (await status.textContent()) === all, "back did not take the kind away");
        assert.equal(await playbooks.isChecked(), false);
        await page.goForward();
        await until(async () => (await status.textContent()) === `${count} pages`, "forward did not bring the kind");
        await page.reload();
        await until(async () => (await status.textContent()) === `${count} pages`, "the address does not lead there again");
        assert.equal(await playbooks.isChecked(), true);
      }));

    test("the way back leads from a page that was found to its results", () =>
      on("search/", {}, async (page) => {
        await page.keyboard.type("rollback");
        await page.locator(".result h2 a").first().click();
        await page.waitForURL((found) => found.pathname !== "/search/");
        await page.goBack();
        await page.locator(".result h2 a").first().waitFor();
        assert.equal(queryOf(page).get("q"), "rollback");
        assert.equal(await page.getByRole("searchbox").inputValue(), "rollback");
        // A new search is a step of its own.
        await page.getByRole("searchbox").fill("postmortem");
        await page.keyboard.press("Enter");
        await until(() => queryOf(page).get("q") === "postmortem", "the address does not follow");
        await page.goBack();
        await until(async () => (await page.getByRole("searchbox").inputValue()) === "rollback", "back did not lead to the search before");
      }));

    test("says what it took a misspelt word for", () =>
      on("search/?q=eror+budget", {}, async (page) => {
        await page.locator(".search-meant a").click();
        await until(() => queryOf(page).get("q") === "error budget", "the suggestion was not taken");
        await page.locator(".search-meant").waitFor({ state: "hidden" });
      }));

    test("where nothing is found, says so and shows other ways", async () => {
      for (const [address, said, glossary] of [["search/?q=zzqx", /Nothing was found for “zzqx”/, "Glossary"], ["ja/search/?q=zzqx", /「zzqx」は見つかりませんでした/, "用語集"]]) {
        await on(address, {}, async (page) => {
          await page.locator("search-page").getByText(said).waitFor();
          await page.locator(".search-nothing").getByRole("link", { name: glossary }).click();
          await page.waitForURL(/\/glossary\//);
        });
      }
      await on("search/?q=rollback&kind=level", {}, async (page) => {
        await page.getByRole("button", { name: "Remove all filters" }).click();
        await page.locator(".results > .result").first().waitFor();
        assert.deepEqual([...queryOf(page)], [["q", "rollback"]]);
      });
    });

    test("any text is text", () =>
      on("search/", {}, async (page) => {
        for (const text of ['<img src=x onerror="alert(1)">', '"', "+ - ~ ^ *", "title:", "a:b:c", "(((", "\\", "%E0%A4%A", "𠮷🙂", "　"]) {
          await page.getByRole("searchbox").fill(text);
          await until(() => (queryOf(page).get("q") ?? "").trim() === text.trim(), text);
          await page.waitForTimeout(100);
        }
        assert.equal(await page.locator("search-page img").count(), 0);
      }));

    test("when the index cannot be read, says so and tries again", async () => {
      const watched = await watchedPage(browser, server.url, wide);
      const { page } = watched;
      await page.route("**/search/router.bin", (route) => route.abort());
      await page.goto(`${server.url}search/?q=rollback`);
      const again = page.getByRole("button", { name: "Try again" });
      await again.waitFor();
      // It stays when a slow search would have been spoken of.
      await page.waitForTimeout(400);
      await page.unroute("**/search/router.bin");
      await again.click();
      await page.locator(".result").first().waitFor();
      await watched.close();
    });

    test("without JavaScript says so, and leads to all pages", () =>
      on("search/", { javaScriptEnabled: false }, async (page) => {
        // What stands in `noscript` is found by no other means.
        assert.match(await page.locator("main noscript p").innerText(), /^Searching needs JavaScript/);
        assert.equal(await page.getByRole("searchbox").count(), 0);
        await page.locator("main noscript a", { hasText: "All pages" }).click();
        await page.waitForURL(/\/all\//);
        await page.locator("search-door a").click();
        await page.waitForURL(/\/search\//);
      }));

    test("/ leads to its box", () =>
      on("search/?q=rollback", {}, async (page) => {
        await page.locator(".result").first().waitFor();
        await page.keyboard.press("/");
        assert.equal(await page.getByRole("searchbox").evaluate((one) => one === document.activeElement), true);
        assert.equal(await paletteOf(page).dialog.count(), 0);
      }));

    test("filters are a drawer on a phone", () =>
      on("search/?q=rollback", { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true }, async (page) => {
        await page.locator(".result").first().waitFor();
        const kind = page.getByRole("group", { name: "Kind" });
        assert.equal(await kind.isVisible(), false);
        await page.getByText("Narrow down").tap();
        await kind.getByRole("checkbox").first().tap();
        await until(() => queryOf(page).has("kind"), "nothing was narrowed down");
      }));
  });

  describe("marks", () => {
    test("stand on the words, can be gone through, and are cleared without a trace", async () => {
      for (const [address, words, shown] of [[policy, ["polic", "budget"], /polic|budget/i], [`ja/${policy}`, ["ポリシー", "エラー"], /ポリシー|エラー/]]) {
        await on(address, {}, async (page) => {
          const html = () => page.locator("main").evaluate((main) => main.innerHTML);
          const before = await html();
          await page.goto(`${server.url}${address}?${new URLSearchParams(words.map((word) => ["mark", word]))}`);
          const bar = page.getByRole("region", { name: /Marked words|検索した言葉の強調/ });
          await bar.waitFor();
          assert.equal(page.url(), server.url + address);
          const marks = page.locator("mark.found");
          const texts = await marks.allTextContents();
          assert.ok(texts.length > 3 && texts.every((text) => shown.test(text)), texts.join(" "));
          await until(async () => (await bar.getByRole("status").textContent()).includes(String(texts.length)), "the count is not said");
          await bar.getByRole("button", { name: /Next|次へ/ }).click();
          assert.equal(await page.locator("mark.current").count(), 1);
          const first = await page.locator("mark.current").evaluate((mark) => [...document.querySelectorAll("mark")].indexOf(mark));
          await bar.getByRole("button", { name: /Next|次へ/ }).click();
          await bar.getByRole("button", { name: /Previous|前へ/ }).click();
          assert.equal(await page.locator("mark.current").evaluate((mark) => [...document.querySelectorAll("mark")].indexOf(mark)), first);
          await bar.getByRole("button", { name: /Clear|消す/ }).click();
          assert.equal(await bar.count(), 0);
          assert.equal(await html(), before);
        });
      }
    });

    test("leave code, ids and folded parts whole", async () => {
      const page = "---\ntitle: A\n---\n\n## Budget of budget\n\n```sh\nbudget --spend budget # budget\n```\n\n<details><summary>More</summary>\n\nThe last budget.\n\n</details>\n";
      const handbook = await handbookOf({ "handbook.yaml": "title: Small\n", "content/a.md": page });
      const own = await host(build(handbook.folder));
      const watched = await watchedPage(browser, own.url, wide);
      try {
        const code = () => watched.page.locator("pre code").textContent();
        const ids = () => watched.page.evaluate(() => [...document.querySelectorAll("main [id]")].map(({ id }) => id));
        await watched.page.goto(`${own.url}a/`);
        const before = [await code(), await ids()];
        await watched.page.goto(`${own.url}a/?mark=budget#budget-of-budget`);
        await watched.page.locator(".mark-bar").waitFor();
        assert.deepEqual([await code(), await ids()], before);
        assert.ok((await watched.page.locator("pre mark").count()) >= 2);
        await watched.page.getByRole("button", { name: "Previous" }).click();
        for (let step = 0; step < 12 && !(await watched.page.getByText("The last").isVisible()); step += 1) await watched.page.getByRole("button", { name: "Next" }).click();
        assert.equal(await watched.page.getByText("The last").isVisible(), true);
        watched.calm();
      } finally {
        await watched.close();
        await own.stop();
        await handbook.remove();
      }
    });

    test("words that are not there mark nothing", () =>
      on(`${policy}?mark=zzqx&mark=&mark=%3Cb%3E`, {}, async (page) => {
        await until(() => page.url() === server.url + policy, "the address was not cleaned");
        assert.equal(await page.locator(".mark-bar, mark.found").count(), 0);
      }));
  });

  describe("accessibility", () => {
    for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }, { viewport: { width: 390, height: 800 } }]) {
      test(`no rule is broken: ${JSON.stringify(options)}`, async () => {
        const check = async (page) => {
          await page.waitForTimeout(300);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`), []);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "wider than the window");
        };
        for (const [prefix, query] of [["", "error budget"], ["ja/", "障害対応"]]) {
          await on(`${prefix}search/?${new URLSearchParams({ q: query })}`, options, async (page) => {
            await page.locator(".result mark").first().waitFor();
            await page.locator(".search-filters").evaluate((details) => (details.open = true));
            await check(page);
          });
          await on(prefix, options, async (page) => {
            const { options } = await openPalette(page);
            await page.keyboard.insertText(query);
            await options.locator("mark").first().waitFor();
            await check(page);
          });
          await on(`${prefix}${policy}?mark=budget&mark=${encodeURIComponent("ポリシー")}`, options, async (page) => {
            await page.locator(".mark-bar").waitFor();
            await check(page);
          });
        }
      });
    }
  });
});

describe("search elsewhere", () => {
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser?.close());

  const files = {
    "handbook.yaml": "title: Small\nlanguages: [en, ja]\nbase_url: https://example.com/docs/handbook/\n",
    "content/practices/release/_index.md": "---\ntitle: Release\n---\n",
    "content/practices/release/rollback.md": "---\ntitle: Rollback\n---\n\nGo back fast.\n\n## Feature flags\n\nA switch instead of a release.\n",
    "content/practices/release/rollback.ja.md": "---\ntitle: ロールバック\n---\n\n速く戻す。\n\n## 機能フラグ\n\n公開の代わりの切り替え。\n",
    "content/practices/release/drills.md": "---\ntitle: Drills\n---\n\nRehearse the rollback.\n",
  };

  test("from the disk: palette, page, facets, marks", async () => {
    const handbook = await handbookOf(files);
    try {
      const output = build(handbook.folder, "--offline");
      const address = (path) => pathToFileURL(join(output, path)).href;
      const page = await (await browser.newContext(wide)).newPage();
      const trouble = [];
      page.on("pageerror", (error) => trouble.push(String(error)));
      page.on("request", (request) => request.url().startsWith("file:") || trouble.push(request.url()));
      await page.goto(address("ja/practices/release/drills/index.html"));
      const { options } = await openPalette(page);
      await page.keyboard.insertText("ロールバック");
      await options.filter({ hasText: "プラクティス" }).first().waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/ja\/practices\/release\/rollback\/index\.html/);
      await page.locator("mark.found").first().waitFor();

      await page.goto(`${address("search/index.html")}?q=flags`);
      const result = page.locator(".result").first();
      await result.locator(".result-where a").click();
      await page.waitForURL(/practices\/release\/rollback\/index\.html.*#feature-flags/);
      await page.locator("mark.found").first().waitFor();
      assert.deepEqual(trouble, []);
    } finally {
      await handbook.remove();
    }
  });

  test("below a path of the host", async () => {
    const { createServer } = await import("node:http");
    const handbook = await handbookOf(files);
    const own = await host(build(handbook.folder));
    // Another host in front, which knows the site by a longer address.
    const front = createServer(async (request, response) => {
      if (!request.url.startsWith("/docs/handbook/")) return response.writeHead(404).end();
      const answer = await fetch(own.url + request.url.slice("/docs/handbook/".length));
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => /^content-(type|security)/.test(name)));
      response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
    });
    await new Promise((listening) => front.listen(0, "127.0.0.1", listening));
    const url = `http://127.0.0.1:${front.address().port}/docs/handbook/`;
    const watched = await watchedPage(browser, url, wide);
    try {
      await watched.page.goto(`${url}practices/release/drills/`);
      const { options } = await openPalette(watched.page);
      await watched.page.keyboard.type("flags");
      await options.first().waitFor();
      await watched.page.keyboard.press("Enter");
      await watched.page.waitForURL((found) => found.pathname === "/docs/handbook/practices/release/rollback/");
      await watched.page.locator("mark.found").first().waitFor();
      watched.calm();
    } finally {
      await watched.close();
      front.closeAllConnections();
      front.close();
      await own.stop();
      await handbook.remove();
    }
  });
});
