// A built site on the disk: its files, its pages, and a static host for it.

import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";

/** Paths of all files below `folder`, with slashes, sorted. */
export async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Path and text of every HTML page below `folder`. */
export async function pages(folder) {
  const names = (await files(folder)).filter((name) => name.endsWith(".html"));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })));
}

/**
 * The start tags of a page with their attributes; what stands in comments, scripts and styles is skipped.
 * Enough for HTML that a machine wrote; html-validate says whether it is well-formed.
 */
export function* tags(text) {
  const tag = /<!--[\s\S]*?-->|<([a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*\/?>/gi;
  const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;
  for (let found; (found = tag.exec(text)); ) {
    if (!found[1]) continue;
    const name = found[1].toLowerCase();
    const attributes = {};
    for (const [, key, double, single, bare] of found[2].matchAll(attribute)) {
      attributes[key.toLowerCase()] = unescaped(double ?? single ?? bare ?? "");
    }
    let content = "";
    if (name === "script" || name === "style") {
      const end = text.indexOf(`</${name}`, tag.lastIndex);
      content = text.slice(tag.lastIndex, end);
      tag.lastIndex = end;
    }
    yield { name, attributes, content };
  }
}

function unescaped(text) {
  const names = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : (names[name] ?? whole),
  );
}

const media = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves `folder` as a static host does, with the headers that its `_headers` file asks for. */
export async function host(folder) {
  const rules = headerRules(await readFile(join(folder, "_headers"), "utf8"));
  const known = new Set(await files(folder));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    let name = decodeURIComponent(pathname).slice(1);
    if (name === "" || name.endsWith("/")) name += "index.html";
    const missing = !known.has(name);
    if (missing) name = "404.html";
    for (const { pattern, headers } of rules) {
      if (!pattern.test(pathname)) continue;
      // Every rule that matches counts; hosts join what is said twice with a comma.
      for (const [key, value] of headers) {
        const before = response.getHeader(key);
        response.setHeader(key, before === undefined ? value : `${before}, ${value}`);
      }
    }
    response.setHeader("Content-Type", media[extname(name)] ?? "application/octet-stream");
    response.statusCode = missing ? 404 : 200;
    response.end(known.has(name) ? await readFile(join(folder, name)) : "missing");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
}

/** The format of Netlify and Cloudflare: a path pattern, then indented `Name: value` lines. */
function headerRules(text) {
  const rules = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    if (!/^\s/.test(line)) {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    } else {
      const [, key, value] = /^\s+([^:]+):\s*(.*)$/.exec(line);
      rules.at(-1).headers.push([key, value]);
    }
  }
  return rules;
}
