// The search engine of the theme: the same tokens, hits and scores as `shirube search`, and lunr's scores as its base.
// What it is compared with comes from `cargo test`, which runs before (`tests/suite/query.rs`).

import assert from "node:assert/strict";
import { appendFile, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

import lunr from "lunr";

import { open } from "../../themes/default/static/js/search/engine.js";
import { Files } from "../../themes/default/static/js/search/files.js";
import { marked } from "../../themes/default/static/js/search/marks.js";
import { parseQuery } from "../../themes/default/static/js/search/parse.js";
import { Plan } from "../../themes/default/static/js/search/plan.js";
import { readRules, stem, tokenise } from "../../themes/default/static/js/search/tokens.js";
import { launch } from "./helpers/browser.mjs";
import { build, copyOfHandbook, handbookOf } from "./helpers/handbook.mjs";

const repository = resolve(import.meta.dirname, "../..");
const written = async (name) => JSON.parse(await readFile(join(repository, "target", name), "utf8"));

describe("tokens", async () => {
  const rules = readRules(JSON.parse(await readFile(join(repository, "src/search/rules.json"), "utf8")));
  const vectors = await written("search-vectors.json");

  test("are those of the indexer, on random texts too", () => {
    let compared = 0;
    for (const [text, page, hiragana, tokens, stems] of vectors) {
      // What Node's Unicode does not know yet has no properties there.
      if (/\p{Cn}/u.test(text.normalize("NFKC"))) continue;
      const found = [];
      tokenise(rules, text, page, hiragana, (token) => found.push(token));
      assert.deepEqual(found, tokens, JSON.stringify(text));
      assert.deepEqual(found.map((token) => stem(rules, token)), stems, JSON.stringify(text));
      compared += 1;
    }
    assert.ok(compared > 30_000, `only ${compared} texts`);
  });
});

describe("the engine over the default handbook", () => {
  let handbook, output, read;

  before(async () => {
    handbook = await copyOfHandbook();
    await appendFile(join(handbook.folder, "handbook.yaml"), "\nsearch: {lunr: always}\n");
    output = build(handbook.folder);
    read = async (name) => gunzipSync(await readFile(join(output, "search", `${name}.bin`)));
  });
  after(() => handbook?.remove());

  test("answers like `shirube search`", async () => {
    const engines = { en: open({ base: "/", language: "en", read }), ja: open({ base: "/", language: "ja", read }) };
    const shown = (hits) => hits.map(({ page, title, score, base }) => [page, title, score, base]);
    for (const { text, lang, ...expected } of await written("search-answers.json")) {
      const answer = await engines[lang].search(text, { limit: 30, settle: true });
      assert.ok(answer.settled || text.includes('"') || text.includes("“"), text);
      const { suggestion } = answer;
      const got = { suggestion, hits: shown(answer.hits), near: shown(answer.near), total: answer.total };
      // How many pages hold a phrase is known when all have been read.
      if (!answer.settled) got.total = expected.total;
      assert.deepEqual(got, { ...expected }, `${text} (${lang})`);
    }
  });

  test("gives lunr's scores as its base", async () => {
    const index = lunr.Index.load(JSON.parse(await readFile(join(output, "search/lunr-index.json"), "utf8")));
    const files = await Files.open(read, false);
    const { router, rules } = files;
    const engine = open({ base: "", language: "en", read });
    let compared = 0;
    for (const { text } of await written("search-answers.json")) {
      const clauses = parseQuery(router, rules, text);
      // Synonyms and corrections are clauses for lunr too; what only narrows down or has to stand beside each other is not.
      if (clauses.some(({ facet, phrase, presence }) => facet || phrase || presence)) continue;
      const plan = await Plan.of(files, clauses);
      if (!plan.grams.some(({ terms }) => terms.length)) continue;
      const scores = new Map();
      const results = index.query((query) => {
        for (const { terms, boost, fields } of plan.grams) {
          const names = router.fields.filter((_, field) => (fields >>> field) & 1);
          for (const term of terms) query.term(term.text, { boost, fields: names, usePipeline: false });
        }
      });
      for (const { ref, score } of results) scores.set(ref, score);
      const answer = await engine.search(text, { limit: 1000, settle: true });
      for (const { url, base } of answer.hits) {
        const expected = scores.get(decodeURIComponent(url));
        assert.ok(Math.abs(expected - base) < 2e-6, `${text}: ${url} has ${base} instead of ${expected}`);
        compared += 1;
      }
    }
    assert.ok(compared > 5_000, `only ${compared} scores`);
  });

  test("leads to the criterion, and marks what was looked for", async () => {
    const engine = open({ base: "../", language: "ja", read });
    const { hits } = await engine.search("ポリシーに誰が合意したか");
    const policy = hits.find(({ url }) => url === "../ja/practices/slo/error-budget-policy/");
    const detail = await engine.detail(policy, "ポリシーに誰が合意したか");
    assert.deepEqual([detail.heading?.anchor, detail.heading?.criterion], ["policy-agreed", true]);
    assert.ok(detail.teaser.some(({ mark }) => mark), JSON.stringify(detail.teaser));
    const incident = await engine.search("障害対応");
    const first = await engine.detail(incident.hits[0], "障害対応");
    assert.ok([...first.teaser, ...first.title].some(({ mark }) => mark), JSON.stringify(first));
  });

  test("an answer that is overtaken is not given", async () => {
    const engine = open({ base: "/", language: "en", read });
    const [older, newer] = await Promise.all([engine.search("budget"), engine.search("rollback")]);
    assert.equal(older, undefined);
    assert.equal(newer.hits[0].title.toLowerCase().includes("roll"), true);
  });

  test("facets count what choosing them finds", async () => {
    const engine = open({ base: "/", language: "en", read });
    const all = await engine.search("incident", { counts: true, limit: 1000 });
    for (const [facet, values] of Object.entries(all.facets)) {
      for (const { value, count } of values.slice(0, 4)) {
        const some = await engine.search("incident", { facets: { [facet]: [value] }, counts: true });
        const told = some.facets[facet].find((known) => known.value === value);
        assert.equal(told.count, some.total, `${facet}:${value}`);
        if (facet !== "language") assert.ok(Math.abs(some.total - count) <= count, `${facet}:${value}`);
      }
    }
    const { total, hits } = await engine.search("incident", { facets: { kind: ["playbook", "term"] } });
    assert.ok(total > 2 && hits.every(({ kind }) => kind === "playbook" || kind === "term"));
  });

  test("an index that is gone is read anew", async () => {
    const router = JSON.parse(new TextDecoder().decode(await read("router")));
    let fresh = false;
    const engine = open({
      base: "/",
      language: "en",
      read: async (name, anew) => {
        if (name === "router" && !anew) return new TextEncoder().encode(JSON.stringify({ ...router, generation: "gone" }));
        fresh ||= anew;
        return read(name);
      },
    });
    const { total } = await engine.search("budget");
    assert.ok(total > 0 && fresh);
  });
});

describe("the engine over many pages", () => {
  const PAGES = 1_300;
  let handbook, output, words, numbers;

  before(async () => {
    numbers = row(3);
    words = vocabulary(700);
    const files = { "handbook.yaml": "title: Many\nsearch: {lunr: always}\n" };
    // Few words are frequent: some stand on more pages than are kept with a term.
    const word = () => words[Math.floor(words.length * numbers() ** 4)];
    const some = (count) => Array.from({ length: count }, word).join(" ");
    for (let page = 0; page < PAGES; page += 1) {
      files[`content/p${page}.md`] = `---\ntitle: ${some(3)}\n---\n\n${some(30)}\n\n## ${some(2)}\n\n${some(30)}\n`;
    }
    handbook = await handbookOf(files);
    output = build(handbook.folder);
  });
  after(() => handbook?.remove());

  /** Numbers from 0 to 1, the same every time. */
  function row(state) {
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }

  /** Words of which no two are alike but for their first letter, which we take for right and lunr does not. */
  function vocabulary(size) {
    const letter = (of) => of[Math.floor(numbers() * of.length)];
    const rests = new Set();
    const found = [];
    while (found.length < size) {
      const rest = Array.from({ length: 2 + Math.floor(numbers() * 3) }, () => letter("aou") + letter("bdgklmnprtv")).join("");
      if ([...rests].some((known) => known.endsWith(rest) || rest.endsWith(known))) continue;
      rests.add(rest);
      found.push(letter("bdgklmnprtv") + rest);
    }
    return found;
  }

  test("finds what lunr finds in the whole index, with its scores, whatever the query", async () => {
    const index = lunr.Index.load(JSON.parse(await readFile(join(output, "search/lunr-index.json"), "utf8")));
    // lunr knows no share of a query that is too small.
    const read = async (name) => {
      const bytes = gunzipSync(await readFile(join(output, "search", `${name}.bin`)));
      if (name !== "router") return bytes;
      const router = JSON.parse(bytes);
      return new TextEncoder().encode(JSON.stringify({ ...router, ranking: { ...router.ranking, least: 0 } }));
    };
    const engine = open({ base: "", language: "en", read });
    const pick = (of) => of[Math.floor(numbers() * of.length)];
    const word = () => words[Math.floor(words.length * numbers() ** 2)];
    let [unsettled, hits] = [0, 0];
    for (let at = 0; at < 300; at += 1) {
      const clauses = Array.from({ length: 1 + Math.floor(numbers() * 3) }, () => {
        const operator = pick(["", "", "", "+", "-"]);
        const field = pick(["", "", "", "", "title:", "headings:", "body:", "about:"]);
        const text = pick([word, word, word, () => `${word().slice(0, 4)}*`, () => `${word()}~1`, () => `${word()}^4`])();
        return operator + field + text;
      });
      const text = clauses.join(" ");
      const expected = new Map(index.search(text).map(({ ref, score }) => [ref, score]));
      const first = await engine.search(text, { limit: 5_000 });
      const answer = await engine.search(text, { limit: 5_000, settle: true });
      unsettled += first.settled ? 0 : 1;
      assert.equal(answer.settled, true);
      assert.equal(answer.total, expected.size, text);
      for (const { url, base } of answer.hits) {
        assert.ok(Math.abs(expected.get(url) - base) < 2e-6, `${text}: ${url} has ${base} instead of ${expected.get(url)}`);
      }
      hits += answer.total;
      // What is shown before is a part of it.
      const whole = new Set(answer.hits.map(({ url }) => url));
      if (!clauses.some((clause) => clause.startsWith("-"))) assert.ok(first.hits.every(({ url }) => whole.has(url)), text);
    }
    assert.ok(hits > 10_000 && unsettled > 20, `${hits} hits, ${unsettled} unsettled`);
  });
});

describe("from the disk", () => {
  let handbook, output, browser;

  before(async () => {
    handbook = await handbookOf({
      "handbook.yaml": "title: Disk\nlanguages: [en, ja]\n",
      "content/budget.md": "# Error budget\n\nWhat may fail.\n\n## Who decides\n\nThe owner of the product decides.\n",
      "content/guides/budget.ja.md": "# 障害対応\n\n予算と障害対応。\n",
    });
    output = build(handbook.folder, "--offline");
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await handbook?.remove();
  });

  test("files come as scripts, and lead to pages on the disk", async () => {
    const page = await browser.newPage();
    const root = pathToFileURL(output).href;
    for (const [address, query, expected] of [
      ["search/index.html", "owner decides", ["/budget/index.html", "#who-decides"]],
      ["ja/search/index.html", "障害対応", ["/ja/guides/budget/index.html", ""]],
    ]) {
      await page.goto(`${root}/${address}?q=${encodeURIComponent(query)}`);
      const leadsThere = ([place, part]) => [...document.querySelectorAll("main a")].some(({ pathname, hash }) => pathname.endsWith(place) && hash === part);
      await page.waitForFunction(leadsThere, expected);
    }
  });
});

describe("marks", () => {
  test("stand on words and pieces, whatever their width", () => {
    const shown = (text, ...needles) => marked(text, needles).map(({ text, mark }) => (mark ? `[${text}]` : text)).join("");
    assert.equal(shown("Error budgets, budgeting and a budge", "budget", "error"), "[Error] [budgets], [budgeting] and a budge");
    assert.equal(shown("slow SLOs and slo's", "slo"), "slow [SLOs] and [slo]'s");
    assert.equal(shown("ＳＬＯの障害対応と障害", "slo", "障害対応", "障害"), "[ＳＬＯ]の[障害対応]と[障害]");
    assert.equal(shown("ﾛｰﾙﾊﾞｯｸする", "ロールバック"), "[ﾛｰﾙﾊﾞｯｸ]する");
    assert.equal(shown("nothing", ""), "nothing");
  });
});
