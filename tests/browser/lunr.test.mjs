// Our index is what lunr itself would have serialised for the same documents and tokens, byte for byte.
// The cases come from `cargo test`, which runs before (`tests/suite/search.rs`).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, test } from "node:test";

import lunr from "lunr";

const file = resolve(import.meta.dirname, "../../target/lunr-cases.json");
const boosts = { title: 8, headings: 3, body: 1 };

/** What lunr serialises for `documents`. */
function serialised(documents) {
  const builder = new lunr.Builder();
  builder.ref("reference");
  for (const [name, boost] of Object.entries(boosts)) builder.field(name, { boost });
  builder.pipeline.add(lunr.stopWordFilter, lunr.stemmer);
  builder.searchPipeline.add(lunr.stemmer);
  for (const { reference, fields } of documents) {
    const [title, headings, body] = fields;
    builder.add({ reference, title, headings, body });
  }
  return JSON.stringify(builder.build());
}

describe("the index for lunr", async () => {
  const cases = JSON.parse(await readFile(file, "utf8"));
  assert.ok(cases.length >= 5);
  for (const { documents, index } of cases) {
    test(`equals lunr's for ${documents.length} documents`, () => {
      const expected = serialised(documents);
      if (index !== expected) {
        let at = 0;
        while (index[at] === expected[at]) at += 1;
        assert.fail(`differs at ${at}: ${index.slice(at - 60, at + 60)}\n instead of ${expected.slice(at - 60, at + 60)}`);
      }
    });
    test(`is loaded by lunr, ${documents.length} documents`, () => {
      const loaded = lunr.Index.load(JSON.parse(index));
      const fresh = lunr.Index.load(JSON.parse(serialised(documents)));
      for (const query of ["budget", "error budget", "+slo title:policy", "障害", "ロー*"]) {
        assert.deepEqual(loaded.search(query), fresh.search(query));
      }
    });
  }
});
