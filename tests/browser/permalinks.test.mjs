// Addresses that others wrote down: where they lead, with and without script, from a host and from the disk.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { HtmlValidate } from "html-validate";

import { launch, watchedPage } from "./helpers/browser.mjs";
import { build, handbookOf, put } from "./helpers/handbook.mjs";
import { host, pages } from "./helpers/site.mjs";

const filler = (words) => Array.from({ length: 60 }, () => `${words}\n`).join("\n");
const practice = (title, criteria) =>
  `---\ntitle: ${title}\ncriteria:\n  2:\n${criteria.map((id) => `    - {id: ${id}, text: The criterion ${id}.}\n`).join("")}---\n\n${filler(title)}`;
const translated = (title, criteria) =>
  `---\ntitle: ${title}\ncriteria:\n${criteria.map((id) => `  ${id}: {text: 基準 ${id}。}\n`).join("")}---\n\n${filler("本文。")}`;
const page = (front, ...headings) => `---\n${front}\n---\n\n${headings.map((name) => `## ${name}\n\n${filler(name)}`).join("")}`;

/** As it was published first. */
const published = {
  "handbook.yaml": "title: {en: Handbook, ja: ハンドブック}\nlanguages: [en, ja]\n",
  "content/_index.md": "---\ntitle: Home\n---\n",
  "content/_index.ja.md": "---\ntitle: ホーム\n---\n",
  "content/practices/slo/_index.md": "---\ntitle: SLOs\n---\n",
  "content/practices/slo/targets.md": practice("Targets", ["written", "agreed"]),
  "content/practices/slo/targets.ja.md": translated("目標", ["written", "agreed"]),
  "content/practices/slo/goals.md": practice("Goals", ["named"]),
  "content/roles/sre.md": page("title: SRE", "Duties", "Tools"),
  "content/roles/scribe.md": page("title: Scribe", "Duties"),
};

/** What changed since: a practice and two criteria have other names, one page moved, one fell apart, a role is gone. */
const since = {
  "model.yaml":
    "renamed: {goals: aims, targets/signed: targets/agreed, targets/named: aims/named}\n" +
    "retired: {scribe: {reason: {en: Nobody wrote., ja: 書く人がいませんでした。}, successor: sre, on: 2026-11-01}}\n",
  "content/practices/slo/aims.md": practice("Aims", ["named"]),
  "content/roles/platform/sre.md": page("title: SRE\naliases: [/roles/sre/, /wiki/sre.html, '/split/#duties']", "Duties", "Tools"),
  "content/about.md": page("title: About\naliases: ['/split/#tools', '/old/#more']", "More"),
};

const texts = { en: "The criterion agreed.", ja: "基準 agreed。" };

describe("addresses that others wrote down", () => {
  let handbook, browser, places;

  before(async () => {
    handbook = await handbookOf(published);
    build(handbook.folder);
    for (const gone of ["practices/slo/goals.md", "roles/sre.md", "roles/scribe.md"]) {
      await rm(join(handbook.folder, "content", gone));
    }
    for (const [path, text] of Object.entries(since)) await put(handbook.folder, path, text);
    const [output, disk] = ["public", "disk"].map((name) => join(handbook.folder, name));
    build(handbook.folder);
    build(handbook.folder, "--offline", "--output-dir", "disk");
    const server = await host(output);
    browser = await launch();
    places = [
      { name: "from a host", url: (address) => server.url + address, stop: server.stop },
      { name: "from the disk", url: (address) => offline(pathToFileURL(`${disk}/`).href, address), stop: async () => {} },
    ];
  });
  after(async () => {
    await browser?.close();
    for (const place of places ?? []) await place.stop();
    await handbook?.remove();
  });

  /** Opens an address everywhere, with script and without, and hands on the page when it rests at `at`. */
  async function everywhere(address, expected, look) {
    for (const place of places) {
      for (const javaScriptEnabled of [true, false]) {
        const at = javaScriptEnabled ? expected.script : expected.plain;
        const seen = `${place.name}, ${javaScriptEnabled ? "with" : "without"} script: ${address}`;
        const { page, calm, close } = await watchedPage(browser, place.url(""), { javaScriptEnabled });
        await page.goto(place.url(address));
        await page.waitForURL(place.url(at)).catch(() => assert.equal(page.url(), place.url(at), seen));
        await page.waitForLoadState();
        await look(page, seen, javaScriptEnabled);
        calm();
        await close();
      }
    }
  }

  test("every page that leads on is valid HTML", async () => {
    const validator = new HtmlValidate({
      root: true,
      extends: ["html-validate:recommended"],
      // Criteria on the sheet are named by practice and criterion, with a slash between.
      rules: { "valid-id": ["error", { relaxed: true }] },
    });
    const site = await pages(join(handbook.folder, "public"));
    const found = [];
    for (const { name, text } of site) {
      const { results } = await validator.validateString(text, name);
      for (const { message, line } of results.flatMap((result) => result.messages)) found.push(`${name}:${line}: ${message}`);
    }
    assert.deepEqual(found, []);
  });

  for (const [lang, below] of [["en", ""], ["ja", "ja/"]]) {
    test(`a permalink lands on its criterion (${lang})`, async () => {
      for (const short of ["go/targets/", "go/practice/targets/"]) {
        const expected = { script: `${below}practices/slo/targets/#agreed`, plain: `${below}${short}#agreed` };
        await everywhere(`${below}${short}#agreed`, expected, async (page, seen) => {
          const landed = page.locator("li:target");
          assert.match(await landed.innerText(), new RegExp(texts[lang]), seen);
          await comesIntoView(landed, seen);
        });
      }
    });

    test(`a criterion is found under the id it had (${lang})`, async () => {
      const expected = { script: `${below}practices/slo/targets/#signed`, plain: `${below}go/targets/#signed` };
      await everywhere(`${below}go/targets/#signed`, expected, async (page, seen) => {
        const landed = page.locator("li:has(> :target)");
        assert.match(await landed.innerText(), new RegExp(texts[lang]), seen);
        await comesIntoView(landed, seen);
      });
    });
  }

  test("a criterion is found in the practice it went to", async () => {
    const expected = { script: "practices/slo/aims/#named", plain: "go/targets/#named" };
    await everywhere("go/targets/#named", expected, async (page, seen, script) => {
      const landed = page.locator("li:target");
      assert.match(await landed.innerText(), script ? /The criterion named/ : /Now part of: Aims/, seen);
    });
  });

  test("an old id leads on", async () => {
    const expected = { script: "practices/slo/aims/#named", plain: "go/goals/#named" };
    await everywhere("go/goals/#named", expected, async (page, seen) => {
      assert.match(await page.locator("li:target").innerText(), /The criterion named/, seen);
    });
  });

  test("an old address leads on, with its fragment where there is script", async () => {
    for (const [address, to] of [
      ["roles/sre/", "roles/platform/sre/"],
      ["ja/roles/sre/", "ja/roles/platform/sre/"],
      ["go/role/sre/", "roles/platform/sre/"],
      ["wiki/sre.html", "roles/platform/sre/"],
      ["practices/slo/goals/", "practices/slo/aims/"],
    ]) {
      const fragment = address.includes("goals") ? "#named" : "#tools";
      await everywhere(address + fragment, { script: to + fragment, plain: to }, async (page, seen, script) => {
        if (script) await comesIntoView(page.locator(":target"), seen);
      });
    }
  });

  test("the parts of an old page are told apart by the fragment", async () => {
    for (const [fragment, to, title] of [
      ["#duties", "roles/platform/sre/#duties", /SRE/],
      ["#tools", "about/", /About/],
      ["", "split/", undefined],
    ]) {
      await everywhere(`split/${fragment}`, { script: to, plain: `split/${fragment}` }, async (page, seen, script) => {
        if (title && !script) assert.match(await page.locator("li:target").innerText(), title, seen);
      });
    }
    await everywhere("old/", { script: "about/#more", plain: "about/#more" }, async (page, seen) => {
      await comesIntoView(page.locator(":target"), seen);
    });
  });

  test("what is gone says so, and what to look at instead", async () => {
    for (const [address, reason] of [
      ["go/role/scribe/", /Nobody wrote\./],
      ["roles/scribe/", /since 1 November 2026/],
      ["ja/go/role/scribe/", /書く人がいませんでした。/],
    ]) {
      await everywhere(address, { script: address, plain: address }, async (page, seen) => {
        assert.match(await page.locator("main").innerText(), reason, seen);
        await page.getByRole("link", { name: "SRE" }).click();
        assert.match(page.url(), /roles\/platform\/sre\//, seen);
      });
    }
  });
});

/** On the disk a folder is its file. */
function offline(root, address) {
  const [path, fragment] = address.split("#");
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return root + file + (fragment === undefined ? "" : `#${fragment}`);
}

/** Waits until the browser has scrolled there. */
async function comesIntoView(locator, seen) {
  const inView = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom >= 0 && top <= innerHeight;
  };
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await locator.evaluate(inView)) return;
    await new Promise((passed) => setTimeout(passed, 100));
  }
  assert.fail(`${seen}: the place stays out of view`);
}
