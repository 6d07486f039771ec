// What a search costs a reader: bytes and time in Chromium with the processor slowed four times.
//
// `node tests/bench/search.mjs FOLDER [--port 4631]`, where FOLDER is what `shirube build --release` wrote; needs the packages of
// `tests/browser`. 120 queries of one to three words from the pages' titles, half of them Japanese.
//
// * **bytes**: what is read until the first result can be shown with its teaser, all code included: the search's script (gzip, as hosts
//   send it), the router, terms, names, cards of the hits, the text of the first; in a browser that has nothing yet.
// * **cold**: from the query to the first result with its teaser, in a browser that has the script and nothing else.
// * **warm**: the same query typed on by one letter, the index at hand: from key press to the new hits.
// * **heap**: what JavaScript holds after all queries, garbage collected.

import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { launch } from "../browser/helpers/browser.mjs";

const repository = resolve(import.meta.dirname, "../..");
const [folder, ...flags] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/bench/search.mjs FOLDER [--port NUMBER]");
  process.exit(2);
}
const QUERIES = 120;
const port = Number(flags[flags.indexOf("--port") + 1] ?? 4631) || 4631;
const engine = join(repository, "themes/default/static/js/search");

const server = createServer(async ({ url }, answer) => {
  const path = decodeURIComponent(new URL(url, "http://x").pathname);
  try {
    if (path === "/") return answer.setHeader("content-type", "text/html").end("<!DOCTYPE html><title>search</title>");
    const file = path.startsWith("/engine/") ? join(engine, path.slice(8)) : join(folder, path);
    const bytes = await readFile(file);
    if (file.endsWith(".js")) answer.setHeader("content-type", "text/javascript");
    answer.end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(port, "127.0.0.1", ready));

/** Words of titles, the same every time. */
async function queries() {
  const read = async (name) => JSON.parse(gunzipSync(await readFile(join(folder, "search", `${name}.bin`))));
  const { generation, pages, cards } = await read("router");
  let state = 1;
  const random = (below) => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % below;
  const found = [];
  while (found.length < QUERIES) {
    const page = random(pages);
    const [title] = (await read(`data/${generation}/cards/${Math.floor(page / cards)}`))[page % cards];
    const japanese = found.length % 2 === 1;
    const words = title.match(japanese ? /[\p{Script=Han}\p{Script=Katakana}ー]{2,}/gu : /[a-z]{3,}/giu) ?? [];
    if (words.length) found.push(words.slice(0, 1 + random(3)).join(japanese ? "の" : " "));
  }
  return { found, pages };
}

const { found, pages } = await queries();
const script = (await readdir(join(folder, "assets"))).find((name) => /^search\..*\.js$/.test(name));
const code = gzipSync(await readFile(join(folder, "assets", script)), { level: 9 }).length;

const browser = await launch();
const [bytes, cold, warm] = [[], [], []];
let heap = 0;
for (const [at, query] of found.entries()) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.evaluate(() => import("/engine/engine.js").then(({ open }) => (globalThis.engine = open({ base: "/", language: "en" }))));
  const measured = await page.evaluate(async (query) => {
    const { engine } = globalThis;
    const first = async (text) => {
      const start = performance.now();
      const answer = await engine.search(text);
      return [answer, performance.now() - start];
    };
    const start = performance.now();
    const [answer] = await first(query);
    if (answer.hits.length) await engine.detail(answer.hits[0], query);
    const cold = performance.now() - start;
    const read = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/search/"));
    const bytes = read.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    const typed = query.slice(0, -1);
    await first(typed);
    const [, warm] = await first(query);
    return { cold, bytes, files: read.length, warm, total: answer.total };
  }, query);
  bytes.push(measured.bytes + code);
  cold.push(measured.cold);
  warm.push(measured.warm);
  if (at === found.length - 1) {
    await page.evaluate(async (queries) => {
      for (const query of queries) await globalThis.engine.search(query, { settle: true });
    }, found.slice(0, 30));
    await session.send("HeapProfiler.collectGarbage");
    heap = (await session.send("Runtime.getHeapUsage")).usedSize;
  }
  await context.close();
}
await browser.close();
server.close();

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const both = (values, digits = 1) => [0.5, 0.95].map((share) => percentile(values, share).toFixed(digits)).join(" / ");
console.log(`${pages} pages, ${found.length} queries, p50 / p95`);
console.log(`bytes: ${both(bytes.map((count) => count / 1000))} kB, of which code ${(code / 1000).toFixed(1)} kB`);
console.log(`cold: ${both(cold, 0)} ms; warm: ${both(warm)} ms; heap after 30 queries: ${(heap / 1e6).toFixed(1)} MB`);
