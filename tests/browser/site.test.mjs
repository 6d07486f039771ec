// Every file of the built handbook: valid HTML, no inline code, no dead link, well-formed XML.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { after, before, describe, test } from "node:test";

import { HtmlValidate } from "html-validate";

import { launch } from "./helpers/browser.mjs";
import { build, copyOfHandbook } from "./helpers/handbook.mjs";
import { files, pages, tags } from "./helpers/site.mjs";

const origin = "https://handbook.example.com/";

describe("the built handbook", () => {
  let handbook, output, site;

  before(async () => {
    handbook = await copyOfHandbook();
    output = build(handbook.folder);
    site = await pages(output);
    assert.ok(site.length > 100, `only ${site.length} pages`);
  });
  after(() => handbook?.remove());

  test("every page is valid HTML", async () => {
    const validator = new HtmlValidate({
      root: true,
      extends: ["html-validate:recommended"],
      // Anchors are made as on GitHub, where a heading may begin with a digit; HTML only forbids spaces.
      rules: { "valid-id": ["error", { relaxed: true }] },
    });
    const found = new Map();
    for (const { name, text } of site) {
      const report = await validator.validateString(text, name);
      for (const { line, column, message, ruleId } of report.results.flatMap((result) => result.messages)) {
        const finding = `${ruleId}: ${message}`;
        found.set(finding, [...(found.get(finding) ?? []), `${name}:${line}:${column}`]);
      }
    }
    const lines = [...found].map(([finding, places]) => `${finding}\n    ${places.length}: ${places.slice(0, 5).join(" ")}`);
    assert.equal(found.size, 0, some(lines));
  });

  test("no page has code or style of its own", () => {
    const found = [];
    for (const { name, text } of site) {
      for (const tag of tags(text)) {
        const { src, type } = tag.attributes;
        // Data blocks are not run, and the policy allows them.
        const data = ["application/ld+json", "application/json"].includes(type);
        if (tag.name === "script" && !data && (src === undefined || tag.content.trim() !== "")) {
          found.push(`${name}: an inline script`);
        }
        if (tag.name === "style") found.push(`${name}: a style element`);
        for (const key of Object.keys(tag.attributes)) {
          if (key === "style" || key.startsWith("on")) found.push(`${name}: <${tag.name} ${key}>`);
        }
        for (const key of ["href", "src", "action", "formaction"]) {
          if (/^\s*javascript:/i.test(tag.attributes[key] ?? "")) found.push(`${name}: <${tag.name} ${key}=javascript:>`);
        }
      }
    }
    assert.equal(found.length, 0, some(found));
  });

  test("nothing is loaded from another host", () => {
    const found = [];
    for (const { name, text } of site) {
      for (const { name: element, attributes } of tags(text)) {
        const relation = (attributes.rel ?? "").split(/\s+/);
        const loads = element === "link" && ["stylesheet", "icon", "preload", "prefetch", "preconnect"].some((one) => relation.includes(one));
        for (const key of ["src", "srcset", "poster", "data", ...(loads ? ["href"] : [])]) {
          if (/^\s*(?:https?:)?\/\//i.test(attributes[key] ?? "")) found.push(`${name}: <${element} ${key}="${attributes[key]}">`);
        }
      }
    }
    assert.equal(found.length, 0, some(found));
  });

  test("every link within the site leads to a file, and its fragment to a place there", async () => {
    const known = new Set(await files(output));
    const ids = new Map(site.map(({ name, text }) => [name, new Set(idsOf(text))]));
    const found = [];
    let followed = 0;
    for (const { name, text } of site) {
      for (const { name: element, attributes } of tags(text)) {
        for (const key of ["href", "src"]) {
          const address = attributes[key];
          if (address === undefined || element === "base") continue;
          const target = within(name, address);
          if (target === undefined) continue;
          followed += 1;
          const { file, fragment } = target;
          if (!known.has(file)) found.push(`${name}: ${address} (no file ${file})`);
          else if (fragment && ids.has(file) && !ids.get(file).has(fragment)) found.push(`${name}: ${address} (no #${fragment})`);
        }
      }
    }
    assert.ok(followed > 1_000, `only ${followed} links were found`);
    assert.equal(found.length, 0, some(found));
  });

  test("no id stands twice on a page", () => {
    const found = [];
    for (const { name, text } of site) {
      const seen = new Set();
      for (const id of idsOf(text)) {
        if (seen.has(id)) found.push(`${name}: #${id}`);
        seen.add(id);
      }
    }
    assert.equal(found.length, 0, some(found));
  });

  test("XML files are well-formed, the sitemap names every page, feeds have entries", async () => {
    const known = new Set(await files(output));
    const names = [...known].filter((name) => /\.(xml|svg|atom)$/.test(name));
    assert.ok(names.includes("sitemap.xml"), `no sitemap.xml among ${names.join(", ")}`);
    const browser = await launch();
    try {
      const page = await browser.newPage();
      for (const name of names) {
        const text = await readFile(join(output, name), "utf8");
        const error = await page.evaluate(
          (text) => new DOMParser().parseFromString(text, "application/xml").querySelector("parsererror")?.textContent,
          text,
        );
        assert.equal(error, undefined, name);
      }
      const read = async (name, selector) =>
        page.evaluate(
          ([text, selector]) =>
            [...new DOMParser().parseFromString(text, "application/xml").querySelectorAll(selector)].map((node) => node.textContent.trim()),
          [await readFile(join(output, name), "utf8"), selector],
        );

      const locations = await read("sitemap.xml", "url > loc");
      assert.ok(locations.length > 50, `only ${locations.length} addresses in the sitemap`);
      assert.equal(new Set(locations).size, locations.length, "an address stands twice in the sitemap");
      for (const location of locations) {
        assert.ok(location.startsWith(origin), location);
        const file = within("index.html", location.slice(origin.length - 1))?.file;
        assert.ok(known.has(file), `${location} is in the sitemap, but there is no ${file}`);
      }
      for (const address of ["", "practices/slo/error-budget-policy/", "ja/practices/slo/error-budget-policy/"]) {
        assert.ok(locations.includes(origin + address), `${origin}${address} is not in the sitemap`);
      }

      const feeds = new Set();
      for (const { name, text } of site) {
        for (const { name: element, attributes } of tags(text)) {
          if (element === "link" && attributes.type === "application/atom+xml") {
            const href = attributes.href.startsWith(origin) ? attributes.href.slice(origin.length - 1) : attributes.href;
            feeds.add(within(name, href).file);
          }
        }
      }
      assert.ok(feeds.size > 0, "no page names a feed");
      for (const feed of feeds) {
        assert.ok(known.has(feed), `${feed} is named as a feed, but does not exist`);
        const [entries, dates] = [await read(feed, "entry > id"), await read(feed, "entry > updated")];
        assert.ok(entries.length > 0, `${feed} has no entries`);
        assert.equal(new Set(entries).size, entries.length, `${feed} has an id twice`);
        assert.equal(dates.length, entries.length, `${feed} has an entry without a date`);
        for (const date of dates) assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/, feed);
      }
    } finally {
      await browser.close();
    }
  });
});

function* idsOf(text) {
  for (const { attributes } of tags(text)) if (attributes.id) yield attributes.id;
}

/** The file of the output, and the fragment, that `address` on the page `name` means; `undefined` outside of the site. */
function within(name, address) {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)) return undefined;
  const { pathname, hash } = new URL(address, `http://site/${name}`);
  let file = posix.normalize(decodeURIComponent(pathname)).slice(1);
  if (file === "" || file.endsWith("/")) file += "index.html";
  return { file, fragment: decodeURIComponent(hash.slice(1)) };
}

/** The first findings, and how many there are. */
function some(found) {
  return `${found.length} findings:\n${found.slice(0, 40).join("\n")}`;
}
