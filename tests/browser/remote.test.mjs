// The adapter for a search engine of the organisation's own, with an engine that is played.

import assert from "node:assert/strict";
import { test } from "node:test";

const { remote } = await import(new URL("../../themes/default/static/js/search/remote.js", import.meta.url));

const RECORD = {
  id: "0".repeat(32), part: "criterion", url: "https://handbook.example.com/sre/practices/slo/slo-targets/#agreed", path: "practices/slo/slo-targets/",
  anchor: "agreed", title: "SLO targets", heading: "Targets are agreed.", language: "en", kind: "practice", area: ["slo"], level: [3], description: null, text: "",
};

const OPENSEARCH = {
  hits: { hits: [{ _score: 7.5, _source: RECORD, highlight: { title: ["\u0002SLO\u0003 targets"], text: ["who \u0002agreed\u0003 <b>"] } }] },
  aggregations: { found: { pages: { value: 3 } }, kind: { values: { buckets: [{ key: "role", pages: { value: 1 } }, { key: "practice", pages: { value: 2 } }] } } },
};

const MEILISEARCH = {
  hits: [{ ...RECORD, _rankingScore: 0.9, _formatted: { title: "\u0002SLO\u0003 targets", heading: "Targets are \u0002agreed\u0003.", text: "who \u0002agreed\u0003 <b>" } }],
  estimatedTotalHits: 3,
  facetDistribution: { kind: { role: 1, practice: 2 } },
};

const BUILT_IN = { total: 1, settled: true, hits: [], facets: {}, suggestion: "", near: [] };
const builtIn = () => ({ asked: [], async search(text) { this.asked.push(text); return BUILT_IN; }, detail: async () => "built in", needles: async () => ["built in"], async warm() {} });
const answering = (body, status = 200) => async () => ({ ok: status === 200, status, json: async () => structuredClone(body) });

for (const [format, body, address] of [["opensearch", OPENSEARCH, "/search-api/_search"], ["meilisearch", MEILISEARCH, "/search-api/search"]]) {
  test(`${format}: answers as the built-in engine does`, async () => {
    const asked = [];
    const fetch = async (url, options) => { asked.push([url, options]); return answering(body)(); };
    const fallback = builtIn();
    const engine = remote("/search-api", format, { language: "en", fallback, fetch });
    const answer = await engine.search("SLO agreed", { facets: { kind: ["practice"] }, limit: 5, counts: true });
    const [hit] = answer.hits;
    assert.deepEqual({ ...answer, hits: 1, facets: answer.facets.kind }, {
      total: 3, settled: true, hits: 1, suggestion: "", near: [],
      facets: [{ value: "practice", label: "practice", count: 2 }, { value: "role", label: "role", count: 1 }],
    });
    assert.deepEqual({ ...hit, score: 0, base: 0 }, {
      page: 0, url: "/sre/practices/slo/slo-targets/", title: "SLO targets", kind: "practice", language: "en", area: "slo", level: "", score: 0, base: 0,
    });
    assert.deepEqual(await engine.detail(hit, "SLO agreed"), {
      heading: { anchor: "agreed", text: "Targets are agreed.", criterion: true },
      teaser: [{ text: "who ", mark: false }, { text: "agreed", mark: true }, { text: " <b>", mark: false }],
      title: [{ text: "SLO", mark: true }, { text: " targets", mark: false }],
      phraseHolds: true,
    });
    const [[url, { method, credentials, body: question }]] = asked;
    assert.deepEqual([url, method, credentials], [address, "POST", "same-origin"]);
    assert.ok(question.includes("SLO agreed") && question.includes("practice"), question);
    assert.deepEqual(fallback.asked, []);
    assert.deepEqual(await engine.needles('SLO "error budget" +must -not'), ["SLO", "error budget", "must", "not"]);
  });

  test(`${format}: the built-in index answers when the engine does not`, async () => {
    const broken = {
      "503": answering(body, 503),
      "no network": () => Promise.reject(new TypeError("fetch failed")),
      "not its shape": answering({ error: "nothing" }),
      "another site's page": answering(JSON.parse(JSON.stringify(body).replaceAll("https://handbook.example.com/sre", "javascript:alert(1)//"))),
      "too late": (_, { signal }) => new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason))),
    };
    for (const [name, fetch] of Object.entries(broken)) {
      const fallback = builtIn();
      let clock = 0;
      let asked = 0;
      const counting = (...args) => { asked += 1; return fetch(...args); };
      const engine = remote("/search-api", format, { language: "en", fallback, fetch: counting, now: () => clock, patience: 5 });
      assert.equal(await engine.search("slo"), BUILT_IN, name);
      assert.equal(await engine.search("slo"), BUILT_IN, name);
      assert.equal(asked, 1, `${name}: it is left alone for a while`);
      clock = 60_001;
      await engine.search("slo");
      assert.equal(asked, 2, `${name}: and then asked again`);
      assert.deepEqual(fallback.asked, ["slo", "slo", "slo"]);
    }
  });
}

test("no address leads to another host", async () => {
  const body = JSON.parse(JSON.stringify(MEILISEARCH).replaceAll("https://handbook.example.com/sre", "https://handbook.example.com//evil.example"));
  const answer = await remote("/s", "meilisearch", { language: "en", fallback: builtIn(), fetch: answering(body) }).search("slo");
  assert.equal(answer.hits[0].url, "/evil.example/practices/slo/slo-targets/");
});

test("an older search gives no answer once a newer one has begun", async () => {
  const waiting = [];
  const fetch = () => new Promise((answer) => waiting.push(answer));
  const engine = remote("/search-api", "meilisearch", { language: "en", fallback: builtIn(), fetch });
  const [older, newer] = [engine.search("s"), engine.search("slo")];
  for (const answer of waiting) answer(await answering(MEILISEARCH)());
  assert.equal(await older, undefined);
  assert.equal((await newer).total, 3);
});

test("a filter cannot be broken out of", async () => {
  let sent;
  const fetch = async (_, { body }) => { sent = JSON.parse(body); return answering(MEILISEARCH)(); };
  const engine = remote("/search-api", "meilisearch", { language: "en", fallback: builtIn(), fetch });
  await engine.search("x", { facets: { team: ['a" OR kind = "b'], nothing: ["x"] } });
  assert.deepEqual(sent.filter, [['team = "a\\" OR kind = \\"b"']]);
});

test("only a path of the site's own origin and a known format are taken", () => {
  for (const [path, format] of [["https://x.example/", "opensearch"], ["//x.example", "opensearch"], ["/\\x.example", "opensearch"], ["search-api", "opensearch"], ["/s", "solr"]]) {
    assert.throws(() => remote(path, format, { language: "en", fallback: builtIn() }), TypeError, path);
  }
});
