// Groonga, loaded with the default handbook's records as README.md says, finds what people look for.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { after, before, test } from "node:test";

const root = new URL("../../", import.meta.url).pathname;
const port = process.env.GROONGA_PORT ?? "4650";
const folder = mkdtempSync(join(tmpdir(), "shirube-groonga-"));
let groonga;

/** What the README says one has to do: its commands for Groonga, and the jq that makes the records Groonga's. */
const readme = readFileSync(join(root, "README.md"), "utf8");
const recipe = readme.match(/```sh\n(# Groonga\n[\s\S]*?)```/)[1];
const commands = recipe.split("\n").filter((line) => /^(table|column)_create /.test(line));
const [, filter] = recipe.match(/jq -sc '([^']+)'/);
const [, columns] = recipe.match(/match_columns=([^'\n]+)/);

/** A command of Groonga's by its name and parameters: what it answers with. */
async function ask(name, parameters, body) {
  const url = `http://127.0.0.1:${port}/d/${name}?${new URLSearchParams(parameters)}`;
  const answer = await fetch(url, body && { method: "POST", headers: { "content-type": "application/json" }, body });
  const [[code, , , message], result] = await answer.json();
  assert.equal(code, 0, `${name}: ${message}`);
  return result;
}

before(async () => {
  groonga = spawn("groonga", ["--bind-address", "127.0.0.1", "--port", port, "--protocol", "http", "--log-path", join(folder, "log"), "-s", "-n", join(folder, "db")], {
    stdio: "ignore",
  });
  const failed = once(groonga, "exit").then(() => Promise.reject(new Error("groonga ended by itself")));
  const answering = (async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const alive = await fetch(`http://127.0.0.1:${port}/d/status`).then((answer) => answer.ok, () => false);
      if (alive) return;
      await pause(50);
    }
    throw new Error("groonga does not answer");
  })();
  failed.catch(() => {});
  await Promise.race([failed, answering]);
});

after(async () => {
  if (groonga?.exitCode === null) {
    const ended = once(groonga, "exit");
    process.kill(groonga.pid);
    await ended;
  }
  rmSync(folder, { recursive: true });
});

function records() {
  const shirube = join(root, process.env.SHIRUBE ?? "target/debug/shirube");
  const lines = execFileSync(shirube, ["--root", root, "export", "search"], { maxBuffer: 1 << 28 });
  return { lines, json: execFileSync("jq", ["-sc", filter], { input: lines, maxBuffer: 1 << 28 }) };
}

/** The pages for a query in a language: their paths, the best first. */
async function search(query, language) {
  const [[, , ...rows]] = await ask("select", {
    table: "Records",
    match_columns: columns,
    query,
    filter: `language == "${language}"`,
    sort_keys: "-_score,position",
    output_columns: "path",
    limit: 100,
  });
  return [...new Set(rows.map(([path]) => path))];
}

/** By path: what each page is called, in all its names. */
const names = new Map();
const plain = (text) => text.normalize("NFKC").toLowerCase().replaceAll('"', "");

test("the README's commands make the table, and it takes every record, twice", async () => {
  assert.ok(commands.length > 8, recipe);
  for (const line of commands) {
    const [name, ...words] = line.split(" ");
    const parameters = {};
    for (let at = 0; at < words.length; at += 2) parameters[words[at].slice(2)] = words[at + 1];
    assert.equal(await ask(name, parameters), true, line);
  }
  const { lines, json } = records();
  const all = lines.toString().trimEnd().split("\n").map((line) => JSON.parse(line));
  const count = all.length;
  for (const { part, path, title, also_known_as: others } of all) {
    if (part === "page") names.set(path, plain([title, ...others].join("\n")));
  }
  assert.ok(count > 1000, `${count} records`);
  for (const turn of [1, 2]) {
    assert.equal(await ask("load", { table: "Records" }, json), count);
    const [[[held]]] = await ask("select", { table: "Records", limit: 0 });
    assert.equal(held, count, `after loading them ${turn} times`);
  }
});

for (const [query, language, wanted] of [
  ["障害対応", "ja", "ja/playbooks/first-hour-of-an-incident/"],
  ["障害対応", "ja", "ja/glossary/incident/"],
  ["エラーバジェット", "ja", "ja/practices/slo/error-budget-policy/"],
  ["エラーバジェット", "ja", "ja/glossary/error-budget/"],
  ["エラー予算", "en", "glossary/error-budget/"],
  ['"error budget"', "en", "glossary/error-budget/"],
  ['"error budget"', "ja", "ja/glossary/error-budget/"],
  ["SLO", "en", "glossary/slo/"],
  ["ＳＬＯ", "ja", "ja/practices/slo/slo-targets/"],
]) {
  test(`${query} (${language}): pages called so come first, ${wanted} among them`, async () => {
    const first = (await search(query, language)).slice(0, 5);
    assert.ok(first.includes(wanted), first.join("\n"));
    for (const path of first.slice(0, 2)) assert.ok(names.get(path).includes(plain(query)), `${path} is not called so`);
  });
}

test("what nobody wrote is not found", async () => {
  assert.deepEqual(await search("存在しない語句", "ja"), []);
});
