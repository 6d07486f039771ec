// Measures the self-assessment against its bars and prints the figures; see CONTRIBUTING.md. Not a test: times depend on the machine.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { launch } from "../browser/helpers/browser.mjs";
import { build, copyOfHandbook, handbookOf } from "../browser/helpers/handbook.mjs";
import { host } from "../browser/helpers/site.mjs";

/** How much slower the processor is made for the large sheet. */
const SLOWDOWN = 4;
const rows = [];
const note = (what, value, bar) => rows.push({ what, value, bar });

/** A handbook whose sheet has `count` criteria, ten to a practice, ten practices to an area. */
function large(count) {
  const files = { "handbook.yaml": "title: Large\nlanguages: [en]\n", "content/_index.md": "---\ntitle: Large\n---\n\nText.\n" };
  for (let practice = 0; practice < count / 10; practice += 1) {
    const area = `area-${Math.floor(practice / 10)}`;
    files[`content/practices/${area}/_index.md`] = `---\ntitle: ${area}\n---\n\nText.\n`;
    const criteria = [2, 3, 4, 5].map((level) => {
      const lines = Array.from({ length: level === 5 ? 1 : 3 }, (_, at) => `    - {id: at-${level}-${at}, text: Whatever is wanted here is done every week and somebody looks at it., evidence: A page.}`);
      return `  ${level}:\n${lines.join("\n")}`;
    });
    const requires = practice % 10 === 0 ? "" : `requires: [practice-${practice - 1}]\n`;
    files[`content/practices/${area}/practice-${practice}.md`] = `---\ntitle: Practice ${practice}\n${requires}criteria:\n${criteria.join("\n")}\n---\n\nText.\n`;
  }
  return handbookOf(files);
}

/** Times of a page's own inputs, from the key or click to what it changed on the screen, in milliseconds. */
async function watchInputs(page) {
  await page.evaluate(() => {
    globalThis.inputs = [];
    new PerformanceObserver((list) => {
      for (const { name, duration, processingStart, processingEnd } of list.getEntries()) {
        if (["keydown", "click"].includes(name)) globalThis.inputs.push({ duration, script: processingEnd - processingStart });
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
  });
  return async (count) => {
    await page.waitForTimeout(500);
    const inputs = await page.evaluate(() => globalThis.inputs);
    // What took less than 16 ms is not reported.
    return Array.from({ length: Math.max(count, inputs.length) }, (_, at) => inputs[at] ?? { duration: 16, script: 16 });
  };
}

const share = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(part * numbers.length))];
const spread = (numbers) => `median ${Math.round(share(numbers, 0.5))}, 95 % below ${Math.round(share(numbers, 0.95))}, slowest ${Math.round(Math.max(...numbers))} ms`;

const ready = (page) => page.waitForSelector("assess-sheet.ready");
const toQuestions = async (page) => {
  for (const key of ["Tab", "Tab", "Enter"]) await page.keyboard.press(key);
  await page.waitForFunction(() => document.activeElement.closest("fieldset"));
};

const handbook = await copyOfHandbook();
const output = build(handbook.folder);
const sheet = await large(600);
const [server, largeServer, browser] = [await host(output), await host(build(sheet.folder)), await launch()];
try {
  // What the page loads.
  const html = await readFile(join(output, "assess/checkout/index.html"), "utf8");
  const scripts = (await readdir(join(output, "assets"))).filter((name) => name.endsWith(".js") && html.includes(`src="../../assets/${name}"`));
  const sizes = await Promise.all(scripts.map(async (name) => gzipSync(await readFile(join(output, "assets", name)), { level: 9 }).length));
  note("scripts of the page, gzip", `${(sizes.reduce((sum, size) => sum + size, 0) / 1024).toFixed(1)} KB`, "26 KB");
  note("the page itself, gzip", `${(gzipSync(html, { level: 9 }).length / 1024).toFixed(1)} KB`, "");

  // The default handbook, as a fast machine shows it.
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const times = [];
  for (let turn = 0; turn < 5; turn += 1) {
    await page.goto(`${server.url}assess/checkout/`);
    await ready(page);
    times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  }
  note("first criterion on the screen", `${Math.round(share(times, 0.5))} ms`, "370 ms");
  let pressed = 3;
  await toQuestions(page);
  note("keys to the first criterion", pressed, "4, or a skip link");
  let read = await watchInputs(page);
  const wanted = 150;
  pressed = 0;
  for (let at = 0; at < wanted; at += 1) {
    await page.keyboard.press(String(1 + (at % 4)));
    pressed += 1;
  }
  const answered = await page.locator(".questions input:checked").count();
  note("keys for an answer", (pressed / answered).toFixed(2), "1");
  const quick = await read(wanted);
  note("score after a key, 150 answers: script", spread(quick.map(({ script }) => script)), "20 ms");
  await page.goto(`${server.url}assess/checkout/#files`);
  await ready(page);
  await page.locator('[data-act="share"]').click();
  const link = await page.locator("#files input[readonly]").inputValue();
  note(`link with ${answered} answers`, `${link.length} characters`, "2,000");
  await page.close();

  // One sheet of 600 criteria on a slow machine, all of them answered.
  const slow = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await slow.goto(`${largeServer.url}assess/`);
  await ready(slow);
  await slow.locator("[data-ref=all]").evaluate((one) => one.click());
  const criteria = await slow.locator(".questions fieldset").count();
  await toQuestions(slow);
  const client = await slow.context().newCDPSession(slow);
  await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  read = await watchInputs(slow);
  for (let at = 0; at < 120; at += 1) {
    await slow.keyboard.press(at % 7 === 3 ? "2" : "1");
    await slow.waitForTimeout(40);
  }
  const keys = await read(120);
  note(`key to paint, ${criteria} criteria on a sheet, processor ${SLOWDOWN} times slower`, spread(keys.map(({ duration }) => duration)), "50 ms");
  note("  of it script", spread(keys.map(({ script }) => script)), "");
  await slow.evaluate(() => (globalThis.inputs.length = 0));
  const fields = slow.locator(".questions fieldset");
  for (let at = 200; at < 230; at += 1) {
    await fields.nth(at).locator('input[value="yes"]').click();
    await slow.waitForTimeout(40);
  }
  const clicks = await read(30);
  note(`click to paint, the same sheet`, spread(clicks.map(({ duration }) => duration)), "50 ms");
  await slow.close();
} finally {
  await browser.close();
  await Promise.all([server.stop(), largeServer.stop()]);
  await Promise.all([handbook.remove(), sheet.remove()]);
}
for (const { what, value, bar } of rows) console.log(`${what.padEnd(72)} ${value}${bar && `   (bar: ${bar})`}`);
