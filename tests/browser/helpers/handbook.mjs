// A copy of the bundled handbook in a folder of its own, and the binary that builds and serves it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

const repository = resolve(import.meta.dirname, "../../..");
const program = process.env.SHIRUBE ?? join(repository, "target/debug/shirube");

// Whatever day the tests run on, the site is that of one day.
const environment = { ...process.env, SOURCE_DATE_EPOCH: "1795132800", NO_COLOR: "1" };

/** A copy of the bundled handbook; `remove` when done. */
export async function copyOfHandbook() {
  const folder = await mkdtemp(join(tmpdir(), "shirube-browser-"));
  for (const name of ["handbook.yaml", "model.yaml", "permalinks.lock", "content", "static"]) {
    const from = join(repository, name);
    if (existsSync(from)) await cp(from, join(folder, name), { recursive: true });
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A handbook of these files, by path; `remove` when done. */
export async function handbookOf(files) {
  const folder = await mkdtemp(join(tmpdir(), "shirube-browser-"));
  for (const [path, text] of Object.entries(files)) await put(folder, path, text);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes a file of the handbook in `folder`. */
export async function put(folder, path, text) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** What a command says that works on the handbook in `folder`. */
export function shirube(folder, ...args) {
  assert.ok(existsSync(program), `${program} is missing: run \`cargo build\` first`);
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env: environment, encoding: "utf8" });
  assert.equal(status, 0, `shirube ${args.join(" ")} ended with ${status}:\n${stderr}`);
  return stdout;
}

/** Builds the handbook in `folder`; the output folder. */
export function build(folder, ...flags) {
  assert.ok(existsSync(program), `${program} is missing: run \`cargo build\` first`);
  const { status, stderr } = spawnSync(program, ["build", ...flags], { cwd: folder, env: environment, encoding: "utf8" });
  assert.equal(status, 0, `shirube build ended with ${status}:\n${stderr}`);
  return join(folder, "public");
}

/** Serves the handbook in `folder` on a free port; `url` ends in a slash. */
export async function serve(folder) {
  assert.ok(existsSync(program), `${program} is missing: run \`cargo build\` first`);
  const child = spawn(program, ["serve", "--port", "0"], { cwd: folder, env: environment });
  let talk = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (talk += text));
  const url = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).once("line", found);
    child.once("exit", (code) => failed(new Error(`shirube serve ended with ${code}:\n${talk}`)));
    child.once("error", failed);
  });
  const stop = () =>
    new Promise((stopped) => {
      if (child.exitCode !== null) return stopped();
      child.once("exit", stopped);
      child.kill("SIGTERM");
    });
  return { url, stop };
}
