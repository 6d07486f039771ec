// The self-assessment in a real browser: answered, kept, saved, built, opened again; by keyboard, by mouse, from the disk; and
// what must survive: two tabs, a browser that keeps nothing, files that mean harm.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";

import { launch, watchedPage } from "./helpers/browser.mjs";
import { build, copyOfHandbook, handbookOf, put, shirube } from "./helpers/handbook.mjs";
import { host } from "./helpers/site.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const NOW = new Date("2026-11-20T12:00:00");
const KEYS = ["yes", "partly", "no", "unknown"];

describe("the self-assessment", () => {
  let handbook, output, server, browser;

  before(async () => {
    handbook = await copyOfHandbook();
    const configuration = join(handbook.folder, "handbook.yaml");
    const repository = "repository: {url: https://git.example.com/acme/handbook, branch: main, provider: github}\n";
    await writeFile(configuration, repository + (await readFile(configuration, "utf8")));
    output = build(handbook.folder);
    [server, browser] = await Promise.all([host(output), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await handbook?.remove();
  });

  /** A page at noon of a known day, watched for everything that must not happen. */
  async function open(address, options = {}, prepare = () => {}) {
    const watched = await watchedPage(browser, server.url, options);
    const { page } = watched;
    if (options.javaScriptEnabled !== false) await page.clock.setSystemTime(NOW);
    await prepare(page);
    await page.goto(new URL(address, server.url).href);
    if (options.javaScriptEnabled !== false) await page.waitForSelector("assess-sheet.ready");
    return watched;
  }

  /** Another page of the same profile. */
  async function another(page, address) {
    const second = await page.context().newPage();
    await second.clock.setSystemTime(NOW);
    await second.goto(new URL(address, server.url).href);
    await second.waitForSelector("assess-sheet.ready");
    return second;
  }

  test("in Japanese, by keyboard only: twenty answers, kept, saved, built, and opened again", async () => {
    const watched = await open("ja/assess/checkout/", { locale: "ja-JP" });
    const { page } = watched;
    assert.equal(await page.locator(".questions input:checked").count(), 0, "something is preselected");
    assert.match(await live(page), /0件に回答/);
    // The second stop of the page leads to the questions.
    await press(page, "Tab", "Tab", "Enter");
    const given = await answerByKeys(page, 20);
    await press(page, "n");
    await page.keyboard.type("根拠は「議事録」。\nhttps://x.example/?q=\"引用\"");
    await press(page, "Escape");
    const noted = await focused(page);
    await press(page, "5");
    await page.keyboard.type("該当するサービスがない。");
    await press(page, "Control+Enter");
    given.set(noted, "na");
    assert.notEqual(await focused(page), noted, "the next criterion has the focus");

    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.deepEqual(await answers(page), given);
    assert.ok((await page.locator(".kept").innerText()).includes("12:00"));

    // The language switch keeps answers and place.
    await page.locator('.languages a[hreflang="en"]').click();
    await page.waitForSelector("assess-sheet.ready");
    assert.deepEqual(await answers(page), given);
    assert.match(page.url(), /\/assess\/checkout\/#practice-/);
    await page.goBack();
    await page.waitForSelector("assess-sheet.ready");

    const { name, text } = await saved(page);
    assert.equal(name, "2026-11-20.md");
    assert.match(text, /^---\ntitle: "Checkout, 2026-11-20"\ndate: 2026-11-20\nmodel: "[0-9a-f]{12}"\nanswers:\n/);
    const shown = await levels(page);
    const built = await builtWith(text);
    assert.deepEqual(built.levels, shown, "the built page shows other levels than the sheet");
    assert.deepEqual(built.steps, await steps(page), "the site has other next steps than the sheet");
    assert.equal(built.again, text, "the terminal writes the file in another way");
    assert.ok([...shown.values()].some(({ level }) => level !== ""), "no practice has a level");

    // Opened again, nothing is different; after three other answers, three are.
    await openFile(page, "again.md", text);
    assert.match(await found(page), /新規0件、相違0件、同一21件、不明な基準0件/);
    for (const id of [...given.keys()].slice(0, 3)) {
      await page.evaluate((id) => (location.hash = id), id);
      await choose(page, id, given.get(id) === "yes" ? "no" : "yes");
    }
    await openFile(page, "again.md", text);
    assert.match(await found(page), /新規0件、相違3件、同一18件、不明な基準0件/);
    await page.getByRole("button", { name: "すべて置き換える" }).click();
    assert.deepEqual(await answers(page), given);
    const again = await saved(page);
    assert.equal(again.text, text, "what was opened and saved again is another file");
    // Neither is one with other front matter, with answers that nothing asks for, without a title, and with a body.
    const rich = `${text.replace(/^title: .*\n/m, "").replace("\nanswers:\n", '\ntags:\n  - slo\n  - "日本: 語"\nowner: sre\nanswers:\n').replace(/---\n$/, "")}  gone:\n    away: "no"\n---\n\n## 今回\n\n---\n`;
    await openFile(page, "rich.md", rich);
    await page.getByRole("button", { name: "すべて置き換える" }).click();
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.equal((await saved(page)).text, rich);
    await page.locator('[data-act="last"]').click();
    assert.match(await found(page), /新規\d+件/);
    watched.calm();
    await watched.close();
  });

  test("with a mouse, in English, on a small screen: one click for each answer", async () => {
    const watched = await open("assess/checkout/", { viewport: { width: 390, height: 844 } });
    const { page } = watched;
    const given = new Map();
    while (given.size < 20) {
      // What a reader sees without moving about: the next one in sight, scrolled to like a page.
      const id = await page.evaluate(() => [...document.querySelectorAll(".questions fieldset")].find((one) => one.checkVisibility() && !one.querySelector(":checked"))?.id);
      assert.ok(id, "no open criterion is to be seen");
      given.set(id, KEYS[given.size % 4]);
      await choose(page, id, given.get(id));
    }
    assert.deepEqual(await answers(page), given);
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.deepEqual(await answers(page), given);
    const { text } = await saved(page);
    const shown = await levels(page);
    const built = await builtWith(text);
    assert.deepEqual([built.levels, built.steps, built.again], [shown, await steps(page), text]);

    // What does not apply asks for its reason at once, and does not insist.
    await goto(page, "sheet");
    const [id] = [...given.keys()].slice(-1);
    await page.evaluate((id) => (location.hash = id), id);
    await choose(page, id, "na");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
    assert.ok(await page.locator(`[id="${id}"] .missing`).isVisible());
    await page.keyboard.type("We have one service.");
    assert.equal(await page.locator(`[id="${id}"] .missing`).count(), 0);

    // A link for others: they look at it, and nothing of theirs changes.
    await goto(page, "files");
    await page.getByRole("button", { name: "Link to the answers" }).click();
    const link = await page.locator("#files input[readonly]").inputValue();
    assert.ok(link.length < 2_000, `${link.length} characters`);
    const other = await open(link);
    assert.match(await other.page.locator(".banners").innerText(), /looking at a link from 20 November 2026, 20 answers/);
    assert.deepEqual(await levels(other.page), await levels(page));
    assert.equal(await other.page.evaluate(() => Object.keys(localStorage).filter((key) => key.split("/").length > 4).length), 0);
    await goto(other.page, "sheet");
    assert.ok(await other.page.locator(`[id="${id}"] input`).first().isDisabled());
    await other.page.getByRole("button", { name: "Take over…" }).click();
    assert.match(await found(other.page), /20 new, 0 different, 0 the same, 0 unknown/);
    await other.page.getByRole("button", { name: "Join both" }).click();
    assert.equal((await answers(other.page)).size, 20);
    other.calm();
    await other.close();
    watched.calm();
    await watched.close();
  });

  test("from the disk", async () => {
    const copy = await copyOfHandbook();
    const address = pathToFileURL(join(build(copy.folder, "--offline"), "ja/assess/checkout/index.html")).href;
    const context = await browser.newContext();
    const page = await context.newPage();
    const trouble = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.stack));
    page.on("request", (request) => request.url().startsWith("file:") || request.url().startsWith("blob:") || trouble.push(request.url()));
    await page.clock.setSystemTime(NOW);
    await page.goto(address);
    await page.waitForSelector("assess-sheet.ready");
    await press(page, "Tab", "Tab", "Enter");
    const given = await answerByKeys(page, 20);
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.deepEqual(await answers(page), given);
    const { text } = await saved(page);
    await openFile(page, "again.md", text);
    assert.match(await found(page), /同一20件/);
    await page.locator('[data-act="share"]').click();
    const link = await page.locator("#files input[readonly]").inputValue();
    const second = await context.newPage();
    await second.goto(link);
    await second.waitForSelector("assess-sheet.ready");
    assert.match(await second.locator(".banners").innerText(), /回答20件/);
    // Links lead to files.
    await second.locator('.languages a[hreflang="en"]').click();
    await second.waitForSelector("assess-sheet.ready");
    assert.match(second.url(), /^file:.*\/public\/assess\/checkout\/index\.html/);
    assert.deepEqual(await answers(second), given);
    assert.deepEqual(trouble, []);
    await context.close();
    await copy.remove();
  });

  test("without JavaScript it is a form of all criteria, and says so", async () => {
    const watched = await open("ja/assess/", { javaScriptEnabled: false });
    const { page } = watched;
    const criteria = page.locator(".questions fieldset");
    assert.ok((await criteria.count()) > 400);
    assert.ok(await criteria.last().isVisible());
    assert.equal(await page.locator(".questions :checked").count(), 0);
    assert.equal(await page.locator("assess-sheet :is(button, select, progress):visible").count(), 0, "a dead control");
    await criteria.nth(3).getByRole("radio", { name: "一部" }).check();
    assert.equal(await page.locator(".questions :checked").count(), 1);
    await watched.close();
  });

  test("links lead to a practice, a criterion and the result, cold", async () => {
    const watched = await open("assess/#practice-error-budget-policy");
    const { page } = watched;
    assert.ok(await page.getByRole("heading", { name: "Error budget policy" }).isVisible());
    await page.goto(new URL("assess/checkout/#error-budget-policy/policy-agreed", server.url).href);
    await page.waitForSelector("assess-sheet.ready");
    assert.ok(await page.locator('[id="error-budget-policy/policy-agreed"]').isVisible());
    await page.goto(new URL("teams/", server.url).href);
    await page.goto(new URL("assess/checkout/#results", server.url).href);
    await page.waitForSelector("assess-sheet.ready");
    assert.ok(await page.getByRole("heading", { name: "Practice by practice" }).isVisible());
    assert.equal(await page.locator(".questions").isVisible(), false);
    await page.locator('#results a[href="#practice-slo-targets"]').first().click();
    assert.ok(await page.getByRole("heading", { name: "Targets and windows" }).isVisible());
    await page.goBack();
    assert.ok(await page.getByRole("heading", { name: "Practice by practice" }).isVisible());
    for (const [address, name] of [["", "Where do we stand?"], ["teams/checkout/", "Assess again"], ["practices/slo/error-budget-policy/", "Assess this practice"]]) {
      await page.goto(new URL(address, server.url).href);
      await page.getByRole("main").getByRole("link", { name }).click();
      await page.waitForSelector("assess-sheet.ready");
    }
    assert.ok(await page.getByRole("heading", { name: "Error budget policy" }).isVisible());
    watched.calm();
    await watched.close();
  });

  test("two tabs: both answers are there, and of one criterion both are shown", async () => {
    const watched = await open("assess/checkout/#practice-slo-targets");
    const { page } = watched;
    const second = await another(page, "assess/checkout/#practice-slo-targets");
    await choose(second, "slo-targets/target-written", "yes");
    await choose(page, "slo-targets/agreed-with-product", "no");
    const both = new Map([["slo-targets/target-written", "yes"], ["slo-targets/agreed-with-product", "no"]]);
    for (const one of [page, second]) assert.deepEqual(new Map([...(await answers(one))].sort().reverse()), both);

    // A third one does not hear of the first, as after a night asleep.
    const deaf = await page.context().newPage();
    await deaf.addInitScript(() => addEventListener("storage", (event) => event.stopImmediatePropagation(), true));
    await deaf.goto(second.url());
    await deaf.waitForSelector("assess-sheet.ready");
    await choose(page, "slo-targets/consequence-known", "yes");
    await page.clock.setSystemTime(new Date(NOW.getTime() + 60_000));
    await choose(deaf, "slo-targets/consequence-known", "no");
    for (const one of [deaf, page]) {
      const conflict = one.locator('[id="slo-targets/consequence-known"] .conflict');
      await conflict.waitFor();
      assert.match(await conflict.innerText(), /no[\s\S]*12:01[\s\S]*yes[\s\S]*12:00/);
      assert.equal((await answers(one)).get("slo-targets/consequence-known"), "no", "the newer one counts");
    }
    await page.locator(".conflict").getByRole("button", { name: "Take this" }).last().click();
    assert.equal((await answers(page)).get("slo-targets/consequence-known"), "yes");
    assert.equal(await page.locator(".conflict").count(), 0);

    // Whoever changes an answer that he sees is not asked twice.
    await choose(second, "slo-targets/consequence-known", "partly");
    await page.waitForFunction(() => document.querySelector('[id="slo-targets/consequence-known"] :checked')?.value === "partly");
    assert.equal(await page.locator(".conflict").count(), 0);
    watched.calm();
    await watched.close();
  });

  test("a browser that keeps nothing: everything works, a banner leads to a file", async () => {
    for (const refuse of [
      () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }),
      () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; },
    ]) {
      const watched = await open("assess/checkout/", {}, (page) => page.addInitScript(refuse));
      const { page } = watched;
      await press(page, "Tab", "Tab", "Enter");
      const given = await answerByKeys(page, 12);
      assert.deepEqual(await answers(page), given);
      await page.getByText("This browser keeps nothing of what you type.").waitFor();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a file" }).click()]);
      assert.match(await readFile(await download.path(), "utf8"), /answers:\n/);
      watched.calm();
      await watched.close();
    }
  });

  test("room that comes back is used", async () => {
    const watched = await open("assess/checkout/", {}, (page) =>
      page.addInitScript(() => {
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (...all) {
          if (globalThis.isFull) throw new DOMException("full", "QuotaExceededError");
          setItem.apply(this, all);
        };
      }),
    );
    const { page } = watched;
    await press(page, "Tab", "Tab", "Enter");
    await page.evaluate(() => (globalThis.isFull = true));
    const given = await answerByKeys(page, 3);
    await page.getByText("This browser keeps nothing of what you type.").waitFor();
    await page.evaluate(() => (globalThis.isFull = false));
    for (const [id, answer] of await answerByKeys(page, 1)) given.set(id, answer);
    await page.getByText("This browser keeps nothing of what you type.").waitFor({ state: "detached" });
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.deepEqual(await answers(page), given);
    await watched.close();
  });

  test("saved values that cannot be read are kept and offered; the sheet begins without them", async () => {
    const watched = await open("assess/checkout/");
    const { page } = watched;
    await choose(page, await firstOpen(page), "yes");
    const key = await page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.split("/").length === 6);
      const prefix = key.split("/").slice(0, 4).join("/");
      localStorage.setItem(`${prefix}/slo-targets/target-written`, "{broken");
      localStorage.setItem(`${prefix}/slo-targets/agreed-with-product`, '{"answer":"perhaps"}');
      localStorage.setItem(`${prefix}/slo-targets/consequence-known`, '{"answer":"yes","note":{"toString":1}}');
      localStorage.setItem(`${prefix}/:participants`, "[[[");
      localStorage.setItem(`${prefix}/:targets`, "5");
      localStorage.setItem(`${prefix}/:shown`, '{"a":1}');
      localStorage.setItem(`${prefix}/gone/away`, '{"answer":"no","at":1}');
      return key;
    });
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.deepEqual([...(await answers(page)).values()], ["yes"]);
    assert.ok(await page.getByText("4 saved values could not be read. They are kept.").isVisible());
    assert.ok(await page.getByText("1 answer belongs to no criterion of today").first().isVisible());
    await goto(page, "files");
    assert.ok(await page.getByText("gone/away").isVisible());
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save them as they are" }).click()]);
    const broken = JSON.parse(await readFile(await download.path(), "utf8"));
    assert.deepEqual(broken.map(({ value }) => value).sort(), ["[[[", "{broken", '{"answer":"perhaps"}', '{"answer":"yes","note":{"toString":1}}'].sort());
    assert.ok(key);
    watched.calm();
    await watched.close();
  });

  test("answers survive a new version of the questions", async () => {
    const watched = await open("assess/checkout/#practice-slo-targets");
    const { page } = watched;
    await choose(page, "slo-targets/target-written", "yes");
    // As a site with other questions would have kept them.
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith("shirube/"))) {
        const parts = key.split("/");
        parts[3] = "0123456789ab";
        localStorage.setItem(parts.join("/"), localStorage.getItem(key));
        localStorage.removeItem(key);
      }
      const [prefix] = Object.keys(localStorage).filter((name) => name.endsWith("/target-written")).map((name) => name.split("/").slice(0, 4).join("/"));
      localStorage.setItem(`${prefix}/slo-targets/asked-no-more`, '{"answer":"no","at":1}');
    });
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.equal((await answers(page)).get("slo-targets/target-written"), "yes");
    assert.ok(await page.getByText("1 answer belongs to no criterion of today").first().isVisible());
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("0123456789ab")).length), 0);
    watched.calm();
    await watched.close();
  });

  test("files that mean harm are told, change nothing, and run nothing", async () => {
    const watched = await open("assess/checkout/#practice-slo-targets");
    const { page } = watched;
    page.on("dialog", () => assert.fail("a script has run"));
    await choose(page, "slo-targets/target-written", "yes");
    const own = await answers(page);
    const front = (...lines) => `---\ndate: 2026-11-20\n${lines.join("\n")}\n---\n`;
    const json = (more) => JSON.stringify({ format: "shirube-assessment", version: 1, date: "2026-11-20", ...more });
    for (const [name, bytes, message] of [
      ["huge.md", "x".repeat((1 << 20) + 1), /larger than 1 MB/],
      ["huge.json", `{"x":"${"y".repeat(1 << 20)}"}`, /larger than 1 MB/],
      ["empty.md", "", /line 1/],
      ["binary.md", Buffer.from([0xff, 0xfe, 0x00, 0xd8]), /not UTF-8/],
      ["zip.json", Buffer.from("PK\u0003\u0004", "latin1"), /line 1/],
      ["deep.json", `{"format":"shirube-assessment","version":1,"x":${"[".repeat(900_000)}`, /line 1/],
      ["other.json", '{"format":"dsomm"}', /"format"/],
      ["later.json", json({ version: 99 }), /"version" must be 1/],
      ["array.json", "[1]", /line 1/],
      ["proto.json", '{"format":"shirube-assessment","version":1,"date":"2026-11-20","answers":{"__proto__":{"x":{"answer":"yes"}}}}', /line 1: this is no id: __proto__/],
      ["value.md", front("answers:", "  slo-targets:", '    target-written: "<img src=x onerror=alert(1)>"'), /line 5: the answer is one of yes, partly, no, unknown, na: target-written/],
      ["url.md", front("answers:", "  slo-targets:", "    target-written:", '      answer: "yes"', "      evidence:", '        - url: "javascript:alert(1)"'), /line 8: the address begins with/],
      ["alias.md", front("answers: &a", "  x: *a"), /line 3/],
      ["key.md", front('<script>alert(1)</script>: "x"'), /line 3/],
      ["formula.csv", "practice,criterion,answer\nslo-targets,target-written,=cmd|' /C calc'!A0\n", /line 2: the answer is one of/],
      ["nul.csv", "practice,criterion,answer\nslo-targets\u0000,target-written,yes\n", /line 2: this is no id/],
    ]) {
      await openFile(page, name, bytes);
      const told = await page.locator("#files [role=alert]").innerText();
      assert.match(told, message, name);
      assert.match(told, /nothing was taken over/);
      assert.deepEqual(await answers(page), own, name);
    }

    // Harmless in form, harmful in words: text stays text, wherever it is shown.
    const evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    const text = front('title: "<svg onload=alert(3)>"', "participants:", `  - "${evil}"`, "answers:", "  gone:", '    away: "no"', "  slo-targets:", "    agreed-with-product:", '      answer: "na"', `      note: "${evil}"`, "      evidence:", `        - title: "${evil}"`, '          url: "https://x.example/\'onclick=alert(4)"');
    await openFile(page, `${evil}.md`, text);
    assert.match(await found(page), /1 new, 0 different, 0 the same, 1 unknown/);
    assert.match(await found(page), /gone\/away line 8/);
    await page.getByRole("button", { name: "Only look" }).click();
    await page.getByRole("button", { name: "Back to my answers" }).click();
    assert.deepEqual(await answers(page), own, "to look has changed something");
    await openFile(page, "evil.md", text);
    await page.getByRole("button", { name: "Join both" }).click();
    await goto(page, "sheet");
    assert.equal(await page.locator('[id="slo-targets/agreed-with-product"] .said p').first().innerText(), evil);
    assert.equal(await page.locator("assess-sheet :is(img, svg[onload], script:not([type]))").count(), 0);
    await goto(page, "files");
    await page.getByRole("button", { name: "Clear the sheet" }).click();
    assert.equal((await answers(page)).size, 0);
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal((await answers(page)).size, 2);
    await page.reload();
    await page.waitForSelector("assess-sheet.ready");
    assert.equal((await answers(page)).size, 2);
    watched.calm();
    await watched.close();
  });

  test("several people: where they differ is shown as a range, and settled", async () => {
    const watched = await open("assess/checkout/");
    const { page } = watched;
    const of = (name, written, agreed) =>
      ({ name: `${name}.md`, mimeType: "text/markdown", buffer: Buffer.from(`---\ndate: 2026-11-20\nparticipants:\n  - "${name}"\nanswers:\n  slo-targets:\n    target-written: "${written}"\n    not-perfect-not-copied: "${agreed}"\n---\n`) });
    await goto(page, "files");
    await page.locator("#files input[type=file]").setInputFiles([of("佐藤", "yes", "yes"), of("Ann", "no", "yes"), of("Bo", "unknown", "yes")]);
    await page.getByText("3 files are open to compare.").waitFor();
    await goto(page, "results");
    const people = page.locator("[data-ref=people]");
    assert.match(await people.innerText(), /佐藤, Ann, Bo · 1 criterion with different answers/);
    assert.match(await people.innerText(), /Targets and windows from level 1 to 2/);
    await people.getByRole("button", { name: "partly" }).click();
    assert.deepEqual(await answers(page), new Map([["slo-targets/target-written", "partly"]]));
    assert.equal(await people.getByRole("button", { name: "partly" }).getAttribute("aria-pressed"), "true");
    watched.calm();
    await watched.close();
  });

  test("targets, plans and the step that follows from the answers", async () => {
    const watched = await open("assess/checkout/#practice-slo-targets");
    const { page } = watched;
    const ids = await page.locator("#practice-slo-targets fieldset").evaluateAll((all) => all.map((one) => [one.id, Number(one.dataset.level)]));
    for (const [id, level] of ids) if (level <= 3) await choose(page, id, level === 2 || id.endsWith("consequence-known") ? "yes" : "partly");
    const standing = page.locator("#practice-slo-targets .standing");
    assert.match(await standing.innerText(), /^\s*2\s*Level 2 · \d of \d answered\s*to level 3: \(\d yes \+ ½ × \d partly\) ÷ \d = \d\d %$/);
    for (const [id] of ids.filter(([id, level]) => level === 3 && !id.endsWith("consequence-known"))) {
      await page.locator(`[id="${id}"]`).getByRole("button", { name: "Note" }).click();
      await page.locator(`[id="${id}"]`).getByLabel("We work on it next").check();
    }
    await goto(page, "results");
    const steps = page.locator("[data-ref=steps]");
    assert.match(await steps.innerText(), /Targets and windows[\s\S]*To reach level 3, th(is|ese)/);
    assert.match(await steps.innerText(), /These help:/);
    await page.getByLabel(/Count what is planned as done/).check();
    const row = page.locator(".practices tr", { hasText: "Targets and windows" });
    assert.deepEqual(await row.locator(".mark").allInnerTexts(), ["2", "3", "3"], "now, with the plan, last time");
    await page.locator("#results a", { hasText: "Targets and windows" }).first().click();
    await page.locator("#practice-slo-targets select").selectOption("2");
    await goto(page, "results");
    assert.doesNotMatch(await page.locator("[data-ref=steps]").innerText(), /Targets and windows/);
    assert.match(await page.locator("[data-ref=target_lines]").innerText(), /^targets:\n  slo-targets: 2$/);
    watched.calm();
    await watched.close();
  });

  test("paper has the answers, notes and figures, a blank form has none", async () => {
    const watched = await open("assess/checkout/#practice-slo-targets", {}, (page) => page.addInitScript(() => { window.print = () => { window.printed = document.documentElement.className; }; }));
    const { page } = watched;
    await choose(page, "slo-targets/target-written", "yes");
    await press(page, "n");
    await page.keyboard.type("On the wall.");
    await goto(page, "files");
    await page.getByLabel("Who took part").fill("product owner\nfour developers");
    await page.getByRole("button", { name: "Print", exact: true }).click();
    assert.equal(await page.evaluate(() => window.printed), "");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const paper = await page.locator("main").innerText();
    for (const text of ["20 November 2026", "product owner, four developers", "On the wall.", "Practice by practice", "1 of 9 answered"]) assert.ok(paper.includes(text), text);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Print a blank form" }).click();
    assert.equal(await page.evaluate(() => window.printed), "blank");
    await page.evaluate(() => document.documentElement.classList.add("blank"));
    await page.emulateMedia({ media: "print" });
    const blank = await page.locator("main").innerText();
    for (const text of ["On the wall.", "Practice by practice"]) assert.ok(!blank.includes(text), text);
    watched.calm();
    await watched.close();
  });

  for (const [lang, colorScheme] of [["en", "light"], ["ja", "dark"]]) {
    test(`every view keeps the rules of accessibility, with answers and on a narrow screen (${lang}, ${colorScheme})`, async () => {
      const watched = await open(`${lang === "ja" ? "ja/" : ""}assess/checkout/#practice-slo-targets`, { colorScheme, viewport: { width: 320, height: 700 } });
      const { page } = watched;
      await choose(page, "slo-targets/target-written", "yes");
      await choose(page, "slo-targets/agreed-with-product", "na");
      await page.keyboard.type("One service only.");
      await goto(page, "files");
      const person = (name, answer) => ({ name: `${name}.md`, mimeType: "text/markdown", buffer: Buffer.from(`---\ndate: 2026-11-20\nanswers:\n  slo-targets:\n    target-written: "${answer}"\n---\n`) });
      await page.locator("#files input[type=file]").setInputFiles([person("a", "yes"), person("b", "no")]);
      await page.locator("[data-ref=found] p").first().waitFor();
      await openFile(page, "one.md", person("c", "no").buffer);
      for (const view of ["sheet", "results", "files"]) {
        await goto(page, view);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`), [], view);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${view} is wider than the window`);
        const small = await page.locator("assess-sheet :is(button, select, input:not([type=checkbox]), textarea, .choices label):visible").evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24).map((one) => one.outerHTML.slice(0, 120)));
        assert.deepEqual(small, [], `${view}: smaller than 24 pixels`);
      }
      watched.calm();
      await watched.close();
    });
  }

  test("a pull request is prepared at the repository's host", async () => {
    const watched = await open("assess/checkout/", {}, (page) => page.context().route("https://git.example.com/**", (route) => route.fulfill({ body: "new file" })));
    const { page } = watched;
    await press(page, "Tab", "Tab", "Enter");
    await answerByKeys(page, 3);
    await goto(page, "files");
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "Prepare a pull request" }).click()]);
    const { pathname, searchParams } = new URL(popup.url());
    assert.equal(pathname, "/acme/handbook/new/main");
    assert.equal(searchParams.get("filename"), "content/teams/checkout/assessments/2026-11-20.md");
    assert.equal(searchParams.get("value"), (await saved(page)).text);
    await popup.close();
    watched.calm();
    await watched.close();
  });

  /**
   * What becomes of a file that is put into the handbook: level, target, answered and applicable of each practice as the site
   * shows them; the next steps; and the file when the terminal has written it again.
   */
  async function builtWith(text) {
    const copy = await copyOfHandbook();
    const file = join(copy.folder, "content/teams/checkout/assessments/2026-11-20.md");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.setContent(await readFile(join(build(copy.folder), "teams/checkout/index.html"), "utf8"));
    const rows = await page.locator(".scorecard:not(.by-area, .trend-table) tbody tr").all();
    const levels = new Map();
    for (const row of rows) {
      const [level, target, answered] = await row.locator("td").allInnerTexts();
      const practice = (await row.locator("th a").first().getAttribute("href")).split("/").at(-2);
      levels.set(practice, { level: level.replace(/\D/g, ""), numbers: numbers(answered), target });
    }
    await page.close();
    const { teams: [{ next_steps: next }] } = JSON.parse(shirube(copy.folder, "score", "checkout", "--format", "json"));
    const steps = next.map(({ practice, criterion }) => `${practice}/${criterion}`);
    const [, practice, criterion, answer] = /^  (\S+):\n    (\S+): "(\w+)"$/m.exec(text);
    shirube(copy.folder, "assess", "checkout", "--date", "2026-11-20", "--set", `${practice}/${criterion}=${answer}`);
    const again = await readFile(file, "utf8");
    await copy.remove();
    return { levels, steps, again };
  }

  /** Criteria of the next steps, in their order. */
  async function steps(page) {
    await goto(page, "results");
    return page.locator("[data-ref=steps] ul a").evaluateAll((links) => links.map((link) => link.getAttribute("href").slice(1)));
  }

  /** The same as the sheet shows them. */
  async function levels(page) {
    await goto(page, "results");
    const levels = new Map();
    for (const row of await page.locator(".practices tbody tr").all()) {
      const [standing, target] = await row.locator("td").allTextContents();
      const practice = (await row.locator("th a").getAttribute("href")).replace("#practice-", "");
      const level = await row.locator(".mark").first().textContent();
      levels.set(practice, { level, numbers: numbers(standing.slice(level.length)), target });
    }
    return levels;
  }
});

test("a handbook with answers of its own: keys, points, file and link", async () => {
  const question = (id) => `    - {id: ${id}, text: ${id} holds.}`;
  const handbook = await handbookOf({
    "handbook.yaml": "title: Weighted\nlanguages: [en]\nscoring:\n  scheme: additive\n  default_target: 2\n  answers:\n    - {id: never, text: Never, weight: 0}\n    - {id: some, text: For some, weight: 0.25}\n    - {id: half, text: For half, weight: 0.5}\n    - {id: most, text: For most, weight: 1}\n",
    "content/_index.md": "---\ntitle: Weighted\n---\n\nText.\n",
    "content/practices/build/_index.md": "---\ntitle: Build\n---\n\nText.\n",
    "content/practices/build/secure-build.md": `---\ntitle: Secure build\ncriteria:\n${[1, 2, 3].map((level) => `  ${level}:\n${question(`a${level}`)}\n${question(`b${level}`)}`).join("\n")}\n---\n\nText.\n`,
    "content/teams/shop/_index.md": "---\ntitle: Shop\n---\n\nText.\n",
  });
  const [server, browser] = await Promise.all([host(build(handbook.folder, "--lenient")), launch()]);
  try {
    const watched = await watchedPage(browser, server.url);
    const { page } = watched;
    await page.clock.setSystemTime(NOW);
    await page.goto(`${server.url}assess/shop/`);
    await page.waitForSelector("assess-sheet.ready");
    await press(page, "Tab", "Tab", "Enter");
    await page.waitForFunction(() => document.activeElement.closest("fieldset"));
    // For most, for half, for some, never, never, does not apply.
    await press(page, "4", "3", "2", "1", "1", "6");
    await page.keyboard.type("Nobody does.");
    await press(page, "Escape");
    assert.match(await page.locator(".standing").innerText(), /0\.88\s*0\.88 points · 5 of 5 answered/);
    const { text } = await saved(page);
    assert.match(text, /answers:\n  secure-build:\n    a1: "most"\n    b1: "half"\n    a2: "some"\n    b2: "never"\n    a3: "never"\n    b3:\n      answer: "na"\n/);
    await put(handbook.folder, "content/teams/shop/assessments/2026-11-20.md", text);
    const { teams: [{ practices: [practice] }] } = JSON.parse(shirube(handbook.folder, "score", "shop", "--format", "json"));
    assert.deepEqual([practice.state, practice.points, practice.answered, practice.applicable], ["points", 0.875, 5, 5]);
    shirube(handbook.folder, "assess", "shop", "--date", "2026-11-20", "--set", "secure-build/a1=most");
    assert.equal(await readFile(join(handbook.folder, "content/teams/shop/assessments/2026-11-20.md"), "utf8"), text);
    await openFile(page, "again.md", text);
    assert.match(await found(page), /0 new, 0 different, 6 the same/);
    await page.locator('[data-act="share"]').click();
    const link = await page.locator("#files input[readonly]").inputValue();
    await page.goto(link.replace("/shop/", "/"));
    await page.waitForSelector("assess-sheet.ready");
    await goto(page, "sheet");
    assert.deepEqual([...(await answers(page)).values()], ["most", "half", "some", "never", "never", "na"]);
    watched.calm();
    await watched.close();
  } finally {
    await browser.close();
    await server.stop();
    await handbook.remove();
  }
});

/** What stands in a text of either language, in no order. */
const numbers = (text) => (text.match(/\d+/g) ?? []).sort().join(" ");

const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** The criterion that has the focus. */
const focused = (page) => page.evaluate(() => document.activeElement.name ?? document.activeElement.closest("fieldset")?.id);

const live = (page) => page.locator(".assess-live .headline").textContent();

const firstOpen = (page) => page.evaluate(() => [...document.querySelectorAll(".questions fieldset")].find((one) => one.checkVisibility())?.id);

/** Answers `count` criteria in turn: a key each, and no other. */
async function answerByKeys(page, count) {
  const given = new Map();
  // The skip link is followed when the browser tells that the address has changed.
  await page.waitForFunction(() => document.activeElement.closest("fieldset"));
  while (given.size < count) {
    const id = await focused(page);
    assert.ok(id && !given.has(id), `the focus is on ${id} after ${given.size}`);
    given.set(id, KEYS[given.size % 4]);
    await page.keyboard.press(String(1 + (given.size - 1) % 4));
  }
  return given;
}

const choose = (page, id, answer) => page.locator(`[id="${id}"] input[value="${answer}"]`).click();

/** Every answer of the sheet, in its order. */
const answers = async (page) => new Map(await page.locator(".questions input:checked").evaluateAll((all) => all.map((one) => [one.name, one.value])));

async function goto(page, part) {
  await page.locator(`.views a[href="#${part}"]`).click();
  await page.waitForFunction((part) => document.querySelector("assess-sheet").dataset.view === part, part);
}

/** The assessment file as the browser saves it. */
async function saved(page) {
  await goto(page, "files");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('[data-act="md"]').click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

async function openFile(page, name, bytes) {
  await goto(page, "files");
  await page.evaluate(() => document.querySelector("[data-ref=found]").replaceChildren());
  await page.locator("#files input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(bytes) });
  await page.locator("[data-ref=found] > *").first().waitFor();
}

const found = (page) => page.locator("[data-ref=found]").innerText();
