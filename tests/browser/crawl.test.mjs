// An independent crawler finds no dead link and no dead fragment: at the root of a host, under a sub-path,
// and on a site for the disk, which is served without anything that a host adds to files.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { LinkChecker } from "linkinator";

import { build, copyOfHandbook } from "./helpers/handbook.mjs";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

/**
 * Serves `folder` below `prefix`. `isIndexed`: whether the address of a folder gives its index.html, as it
 * does on hosts; where the crawler starts it always does, because it stays below its start.
 */
async function serve(folder, prefix, isIndexed) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = path.startsWith(prefix) ? join(folder, path.slice(prefix.length)) : null;
    const gives = isIndexed || starts.includes(path.slice(prefix.length));
    if (file && gives && path.endsWith("/")) file = join(file, "index.html");
    const found = file && (await stat(file).catch(() => null));
    if (!found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Where the crawler starts, once in each language. */
const starts = ["", "ja/"];

/** Follows every link from `start` on, and gives the dead ones and how many there were. */
async function crawl(start, origin) {
  const result = await new LinkChecker().check({
    path: start,
    recurse: true,
    checkFragments: true,
    concurrency: 20,
    retryErrors: true,
    retryErrorsCount: 3,
    // The handbook's own address is not reachable from here, and other sites are not ours.
    linksToSkip: [`^https?://(?!${origin.slice("http://".length)})`, "^mailto:"],
  });
  const dead = result.links.filter((link) => link.state === "BROKEN");
  return { dead: dead.map((link) => `${link.url} on ${link.parent}`), count: result.links.length };
}

describe("crawled by another program", () => {
  let handbook;
  before(async () => {
    handbook = await copyOfHandbook();
  });
  after(() => handbook?.remove());

  const rows = [
    { name: "the root of a host", args: [], prefix: "/", isIndexed: true },
    {
      name: "a sub-path",
      args: ["--base-url", "https://example.org/docs/book/"],
      prefix: "/docs/book/",
      isIndexed: true,
    },
    { name: "the disk", args: ["--offline"], prefix: "/", isIndexed: false },
  ];
  for (const { name, args, prefix, isIndexed } of rows) {
    test(`no dead link and no dead fragment at ${name}`, { timeout: 300_000 }, async () => {
      const server = await serve(build(handbook.folder, ...args), prefix, isIndexed);
      try {
        for (const start of starts) {
          const { dead, count } = await crawl(server.origin + prefix + start, server.origin);
          assert.deepEqual(dead, []);
          assert.ok(count > 600, `only ${count} links were followed`);
        }
      } finally {
        server.close();
      }
    });
  }
});
