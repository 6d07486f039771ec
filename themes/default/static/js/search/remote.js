// Asks a search engine of the organisation's own, which holds the records of `shirube export search` and answers below a
// path of the site's own origin; the built-in index answers when it does not.
//
//   const engine = remote("/search-api", "opensearch", { language: "ja", fallback: open({ base, language: "ja" }) });
//   const answer = await engine.search("error budget", { facets: { kind: ["practice"] }, limit: 20, counts: true });
//
// `search` and `detail` take and give what those of `engine.js` do; a hit of this engine knows its place and its passage, so
// `detail` asks nobody. The path is the address of one index, to which this puts what the engine's own API has there:
// `POST <path>/_search` (OpenSearch, Elasticsearch), `POST <path>/search` (Meilisearch: `/indexes/<name>`). A proxy adds keys.
// Whatever is wrong (no answer in time, no 200, another shape) the fallback is asked, and for a minute nobody else.

/** Milliseconds to wait for an answer, and to leave an engine alone that gave none. */
const PATIENCE = 2000;
const LEFT_ALONE = 60_000;

/** Facets by the names of the records. */
const RECORD_FACETS = ["kind", "area", "practice", "level", "role", "team", "language"];

/** What stands around words that match; control characters, which no text holds. */
const START = "\u0002";
const END = "\u0003";

/**
 * @param {string} path From the root of the host, without a slash at the end.
 * @param {"opensearch" | "meilisearch"} format
 * @param {object} place
 * @param {string} place.language The reader's.
 * @param {{search: Function, detail: Function, needles: Function, warm: Function}} place.fallback The built-in engine.
 * @param {typeof fetch} [place.fetch]
 * @param {() => number} [place.now] Milliseconds.
 * @param {number} [place.patience] Milliseconds.
 */
export function remote(path, format, { language, fallback, fetch = globalThis.fetch.bind(globalThis), now = Date.now, patience = PATIENCE }) {
  const api = { opensearch, meilisearch }[format];
  if (!api || !/^\/(?![/\\])/.test(path)) throw new TypeError(`no engine: ${format} at ${path}`);
  let turn = 0;
  let restUntil = -Infinity;
  /** Hits of the engine, with what is shown of them. */
  const details = new WeakMap();

  async function ask(text, options, signal) {
    const answer = await fetch(path + api.address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(api.question(text, options, language)),
      credentials: "same-origin",
      redirect: "error",
      signal,
    });
    if (!answer.ok) throw new Error(`the search engine answered ${answer.status}`);
    const { total, rows, counts } = api.read(await answer.json());
    const hits = rows.map(({ record, title, heading, passage, score }, at) => {
      const hit = {
        page: (options.offset ?? 0) + at,
        url: sameOrigin(record.url).split("#")[0],
        title: String(record.title),
        kind: String(record.kind),
        language: String(record.language),
        area: String(record.area?.[0] ?? ""),
        level: record.kind === "level" || record.kind === "playbook" ? String(record.level?.[0] ?? "") : "",
        score,
        base: score,
      };
      details.set(hit, {
        heading: record.anchor ? { anchor: String(record.anchor), text: plain(heading), criterion: record.part === "criterion" } : null,
        teaser: inPieces(passage),
        title: inPieces(title),
        phraseHolds: true,
      });
      return hit;
    });
    return { total, settled: true, hits, facets: options.counts ? facets(counts) : {}, suggestion: "", near: [] };
  }

  return {
    warm: async () => (now() < restUntil ? fallback.warm() : undefined),
    async search(text, options = {}) {
      const own = (turn += 1);
      if (now() >= restUntil && text.trim() !== "") {
        const stop = new AbortController();
        const clock = setTimeout(() => stop.abort(), patience);
        try {
          const answer = await ask(text, options, stop.signal);
          return own === turn ? answer : undefined;
        } catch {
          restUntil = now() + LEFT_ALONE;
        } finally {
          clearTimeout(clock);
        }
        if (own !== turn) return undefined;
      }
      return fallback.search(text, options);
    },
    detail: async (hit, text) => details.get(hit) ?? fallback.detail(hit, text),
    needles: async (text) => (now() < restUntil ? fallback.needles(text) : wordsAsked(text)),
  };
}

/** Title, names and headings before text; one hit a page. */
const WEIGHTS = { title: 8, also_known_as: 8, heading: 4, description: 2, text: 1 };

const opensearch = {
  address: "/_search",
  question(text, { facets: wanted = {}, limit = 10, offset = 0, counts = false }, language) {
    const chosen = (but) =>
      RECORD_FACETS.filter((facet) => facet !== but && wanted[facet]?.length).map((facet) => ({ terms: { [facet]: wanted[facet] } }));
    const pages = { pages: { cardinality: { field: "path" } } };
    // Each facet is counted as if it alone were not chosen.
    const count = (facet) => ({ filter: { bool: { filter: chosen(facet) } }, aggs: { values: { terms: { field: facet, size: 100 }, aggs: pages } } });
    return {
      from: offset,
      size: limit,
      query: {
        bool: {
          must: { simple_query_string: { query: text, fields: Object.entries(WEIGHTS).map(([field, weight]) => `${field}^${weight}`), default_operator: "and" } },
          should: { term: { language: { value: language, boost: 4 } } },
        },
      },
      post_filter: { bool: { filter: chosen() } },
      collapse: { field: "path" },
      highlight: { pre_tags: [START], post_tags: [END], fields: { title: { number_of_fragments: 0 }, heading: { number_of_fragments: 0 }, text: { fragment_size: 160, number_of_fragments: 1, no_match_size: 160 } } },
      aggs: {
        found: { filter: { bool: { filter: chosen() } }, aggs: pages },
        ...(counts ? Object.fromEntries(RECORD_FACETS.map((facet) => [facet, count(facet)])) : {}),
      },
    };
  },
  read({ hits, aggregations = {} }) {
    const counts = {};
    for (const facet of RECORD_FACETS) {
      counts[facet] = (aggregations[facet]?.values?.buckets ?? []).map(({ key, pages }) => [String(key), pages.value]);
    }
    const rows = hits.hits.map(({ _source: record, _score: score, highlight = {} }) => ({
      record,
      score: Number(score),
      title: highlight.title?.[0] ?? record.title,
      heading: highlight.heading?.[0] ?? record.heading,
      passage: highlight.text?.[0] || record.description || record.text.slice(0, 160),
    }));
    return { total: aggregations.found.pages.value, rows, counts };
  },
};

const meilisearch = {
  address: "/search",
  question(text, { facets: wanted = {}, limit = 10, offset = 0, counts = false }) {
    const chosen = RECORD_FACETS.filter((facet) => wanted[facet]?.length);
    return {
      q: text,
      offset,
      limit,
      distinct: "path",
      filter: chosen.map((facet) => wanted[facet].map((value) => `${facet} = ${JSON.stringify(String(value))}`)),
      facets: counts ? RECORD_FACETS : [],
      attributesToHighlight: ["title", "heading", "text"],
      attributesToCrop: ["text"],
      cropLength: 40,
      highlightPreTag: START,
      highlightPostTag: END,
      showRankingScore: true,
    };
  },
  read({ hits, estimatedTotalHits = 0, totalHits = estimatedTotalHits, facetDistribution = {} }) {
    const rows = hits.map(({ _formatted: shown = {}, _rankingScore: score = 0, ...record }) => ({
      record,
      score: Number(score),
      title: shown.title ?? record.title,
      heading: shown.heading ?? record.heading,
      passage: shown.text || record.description || "",
    }));
    const counts = Object.fromEntries(RECORD_FACETS.map((facet) => [facet, Object.entries(facetDistribution[facet] ?? {})]));
    return { total: totalHits, rows, counts };
  },
};

/** An address of ours; an engine that has been loaded with others' may not lead readers away. */
function sameOrigin(url) {
  const origin = globalThis.location?.origin ?? "http://localhost";
  const { pathname, hash, protocol } = new URL(String(url), origin);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`no address of a page: ${url}`);
  // Two slashes would begin another host.
  return pathname.replace(/^\/+/, "/") + hash;
}

/** Counts by facet as the built-in engine gives them; values are their own labels. */
function facets(counts) {
  const order = ([a, most], [b, more]) => more - most || (a < b ? -1 : 1);
  return Object.fromEntries(
    RECORD_FACETS.map((facet) => [facet, counts[facet].sort(order).map(([value, count]) => ({ value, label: value, count }))]),
  );
}

/** A text with signs around what matches, in pieces. */
function inPieces(text) {
  const pieces = [];
  String(text ?? "").split(START).forEach((piece, at) => {
    const [inner, ...outer] = piece.split(END);
    if (at > 0 && inner) pieces.push({ text: inner, mark: outer.length > 0 });
    const rest = at > 0 ? outer.join("") : piece;
    if (rest) pieces.push({ text: rest, mark: false });
  });
  return pieces;
}

const plain = (text) => String(text ?? "").replaceAll(START, "").replaceAll(END, "");

/** What is marked on a page: words and quoted phrases, without the signs of the query language. */
const wordsAsked = (text) => [...text.matchAll(/"([^"]+)"|[^\s"+|()~*-]+/g)].map(([word, phrase]) => phrase ?? word);
