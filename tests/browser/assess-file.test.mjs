// Files of the self-assessment: written and read back byte for byte, and refused with a line where they are anything else.

import assert from "node:assert/strict";
import { readFile as readText } from "node:fs/promises";
import { test } from "node:test";

import { HARD_TEXTS, dice, module, practices, someAssessment, strip } from "./helpers/assess.mjs";

const { writeFile, quoted } = await module("file");
const { writeJson } = await module("json");
const { writeCsv } = await module("csv");
const { LARGEST, compare, join, today, understand } = await module("incoming");
const { evidenceOf, evidenceText, isDay, plain } = await module("entry");
const { LONGEST, pack, unpack } = await module("share");
const { nextSteps } = await module("steps");
const { newFile } = await module("files");

const model = practices({ "slo-targets": { "target-written": 2, agreed: 3, "known-to-all": 3 }, "on-call": { "rota-ahead": 2, "rest-taken": 3, "2nd-tested": 4 }, rollback: { "one-step": 2 } });

/** What was understood, without what only tells where it came from. */
function read(text) {
  const { incoming, problems } = understand(text, "x.md");
  assert.deepEqual(problems, [], text);
  const { from, lines, targets, ...assessment } = incoming;
  return strip(assessment);
}

test("the assessment file has one form", () => {
  const answers = new Map([
    ["on-call/rest-taken", { answer: "na", note: "Nobody is woken.\nSince “March”.", at: 5 }],
    ["slo-targets/agreed", { answer: "partly", evidence: [{ title: "Page", url: "https://x.example/a", date: "2026-11-01" }, { title: "a talk" }], planned: true }],
    ["slo-targets/target-written", { answer: "yes" }],
    ["gone/away", { answer: "no" }],
    ["rollback/one-step", { note: "without an answer" }],
  ]);
  const text = writeFile({ title: 'A "title"', date: "2026-11-20", participants: ["二人"], model: "0123456789ab", body: "\nText.\n", answers }, model);
  assert.equal(
    text,
    `---
title: "A \\"title\\""
date: 2026-11-20
participants:
  - "二人"
model: "0123456789ab"
answers:
  slo-targets:
    target-written: "yes"
    agreed:
      answer: "partly"
      evidence:
        - title: "Page"
          url: "https://x.example/a"
          date: 2026-11-01
        - title: "a talk"
      planned: true
  on-call:
    rest-taken:
      answer: "na"
      note: "Nobody is woken.\\nSince “March”."
---

Text.
`,
  );
  assert.equal(writeFile({ date: "2026-11-20", participants: [], answers: new Map() }, model), "---\ndate: 2026-11-20\n---\n");
});

test("what is written is read back, and written again it is the same to the byte", () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const assessment = someAssessment(model, seed);
    const text = writeFile(assessment, model);
    const back = read(text);
    assert.deepEqual({ ...back, body: back.body ?? "" }, { ...assessment, answers: assessment.answers }, text);
    assert.equal(writeFile(back, model), text);
  }
});

test("every string is one line of the file, and what has no picture is escaped", () => {
  assert.equal(quoted("a\"b\\c\nd\te\u0000\u0085\u2028\ufeff\u007f"), '"a\\"b\\\\c\\nd\\te\\u0000\\u0085\\u2028\\uFEFF\\u007F"');
  for (const text of HARD_TEXTS) assert.doesNotMatch(quoted(text), /[\n\r\u0085\u2028\u2029]/);
});

test("JSON comes back with times, targets and what belongs nowhere", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const assessment = someAssessment(model, seed);
    assessment.answers.set("gone/away", { answer: "no", at: Date.parse("2026-11-20T14:03:05.678Z") });
    const text = writeJson(assessment, { site: "01234567", team: "checkout", targets: { rollback: 4 } });
    const { incoming, problems } = understand(text, "x.json");
    assert.deepEqual(problems, []);
    const { from, lines, targets, team, site, ...back } = incoming;
    assert.deepEqual({ ...strip(back), body: back.body ?? "" }, { ...assessment, body: assessment.body });
    assert.deepEqual([targets, team], [{ rollback: 4 }, "checkout"]);
    assert.equal(text.split("\n")[lines.get("gone/away") - 1].trim(), '"away": {');
  }
});

test("CSV comes back from a spreadsheet, and carries no formula into one", () => {
  const criteria = model.flatMap((practice) => practice.criteria);
  for (let seed = 1; seed <= 200; seed += 1) {
    const { answers } = someAssessment(model, seed);
    // A line of its cell stands for a piece of evidence.
    for (const { evidence = [] } of answers.values()) for (const one of evidence) one.title = one.title.replace(/\s*\n\s*/g, " ");
    const text = writeCsv(criteria, answers);
    assert.ok(text.startsWith("\ufeffpractice,criterion,level,text,answer,"));
    for (const cell of text.matchAll(/(?<=[\n,])"?([=+@\t-])/g)) assert.fail(`a cell begins with ${cell[1]}`);
    const back = new Map([...read(text).answers].map(([id, entry]) => [id, strip(entry)]));
    assert.deepEqual(back, answers, text);
    // Other programs quote everything, and end lines in LF.
    const quotedCells = text.slice(1).replace(/\r\n/g, "\n");
    assert.deepEqual(new Map([...read(quotedCells).answers].map(([id, entry]) => [id, strip(entry)])), answers);
  }
});

const file = (...lines) => `---\n${lines.join("\n")}\n---\n`;
const json = (more) => JSON.stringify({ format: "shirube-assessment", version: 1, date: "2026-11-20", ...more }, null, 1);

test("what is not of the form is named with its line", () => {
  for (const [text, ...problems] of [
    ["", "1 no_front"],
    ["# Heading\n", "1 no_front"],
    ["---\r\ndate: 2026-11-20\r\n---\r\n", "1 line_ends"],
    ["---\n---\n", "1 no_date"],
    [file(""), "2 empty"],
    [file("date: 2026-11-20", "title: plain"), "3 quote plain"],
    [file("date: 2026-11-20", "title: 'single'"), "3 quote 'single'"],
    [file('date: "2026-11-20"'), "2 day date"],
    [file("date: 2026-02-30"), "2 quote 2026-02-30"],
    [file("date: 2026-11-20", "# remark"), "3 comment # remark"],
    [file("date: 2026-11-20", "", 'title: "x"'), "3 empty "],
    [file("date: 2026-11-20", "date: 2026-11-21"), "3 twice date"],
    [file("date: 2026-11-20", 'owner: "me"'), "3 key owner"],
    [file("date: 2026-11-20", "answers:"), "3 nothing answers"],
    [file("date: 2026-11-20", "answers: {}"), "3 quote {}"],
    [file("date: 2026-11-20", "answers:", "   on-call:", '    rota: "yes"'), "4 indent on-call:", "5 indent rota: \"yes\""],
    [file("date: 2026-11-20", "answers:", "  on-call:", "    rota-ahead: yes"), "5 quote yes"],
    [file("date: 2026-11-20", "answers:", "  on-call:", '    rota-ahead: "maybe"'), "5 answer rota-ahead"],
    [file("date: 2026-11-20", "answers:", "  On_Call:", '    rota-ahead: "yes"'), "4 form On_Call:", "5 indent rota-ahead: \"yes\""],
    [file("date: 2026-11-20", "answers:", "  __proto__:", '    x: "yes"'), "4 form __proto__:", "5 indent x: \"yes\""],
    [file("date: 2026-11-20", "answers:", "  on-call:", "    rota-ahead:", '      answer: "yes"', '      planned: "yes"'), "7 flag rota-ahead.planned"],
    [file("date: 2026-11-20", "answers:", "  on-call:", "    rota-ahead:", '      answer: "yes"', "      evidence:", '        - url: "javascript:alert(1)"'), "8 address rota-ahead.evidence.url"],
    [file("date: 2026-11-20", "answers:", "  on-call:", "    a: &x", "    b: *x"), "5 quote &x", "6 quote *x"],
    [file("date: 2026-11-20", "participants:", '  - "a"', '    - "b"'), '5 indent - "b"'],
    [file("date: 2026-11-20", 'title: "\\x41"'), '3 quote "\\x41"'],
    [file("date: 2026-11-20", 'title: "open'), '3 quote "open'],
    [`---\ndate: 2026-11-20\n`, "1 no_front"],
    ["{", "1 json "],
    ['{\n"format": "shirube-assessment",\n"version": 1,,\n}', "3 json "],
    ["{}", "1 format "],
    ['{"format": "other", "version": 1}', "1 format "],
    [json({ version: 2 }), "3 version "],
    [json({ date: "yesterday" }), "4 day date"],
    [json({ answers: [] }), "5 map answers"],
    [json({ answers: { "on-call": { "rota-ahead": { answer: "YES" } } } }), "8 answer rota-ahead.answer"],
    [json({ answers: { "on-call": { "rota-ahead": { answer: "yes", note: 5 } } } }), "9 text rota-ahead.note"],
    [json({ answers: { "on-call": { "rota-ahead": { answer: "yes", at: "soon" } } } }), "9 moment rota-ahead.at"],
    [json({ answers: { "on-call": { "ROTA": { answer: "yes" } } } }), "7 id ROTA"],
    [json({ targets: { "on-call": 12 } }), "6 target on-call"],
    ['{"format": "shirube-assessment", "version": 1, "date": "2026-11-20", "__proto__": {"x": 1}}', "1 key __proto__"],
    [`{"format": "shirube-assessment", "version": 1, "x": ${"[".repeat(2_000)}${"]".repeat(2_000)}}`, "1 deep "],
    ["practice,criterion\n", "1 column answer"],
    ['practice,criterion,answer\non-call,rota-ahead,"yes\n', "2 csv "],
    ["practice,criterion,answer\non-call,rota-ahead,perhaps\n", "2 answer rota-ahead.answer"],
    ["practice,criterion,answer\non-call,rota-ahead,yes\non-call,rota-ahead,no\n", "3 twice on-call/rota-ahead"],
    ["practice,criterion,answer\nOn Call,rota-ahead,yes\n", "2 id On Call"],
    ["practice,criterion,answer,evidence_url\non-call,rota-ahead,yes,ftp://x\n", "2 address rota-ahead.evidence.url"],
    ["practice,criterion,answer,planned\non-call,rota-ahead,yes,perhaps\n", "2 flag rota-ahead.planned"],
  ]) {
    const found = understand(text, "x").problems.map(({ line, what, name = "" }) => `${line} ${what} ${name}`);
    for (const problem of problems) assert.ok(found.some((one) => one.trim() === problem.trim() || one.startsWith(problem)), `${JSON.stringify(text.slice(0, 200))}\nexpected ${problem}, found ${JSON.stringify(found)}`);
    assert.equal(understand(text, "x").incoming, undefined);
  }
});

test("a file of the largest size is refused or read at once, whatever is in it", () => {
  const full = (start, piece) => start + piece.repeat(Math.floor((LARGEST - start.length) / piece.length));
  for (const text of [
    full("---\n", "a: \"b\"\n"),
    full("---\n", "- - - - "),
    full("---\ndate: 2026-11-20\nanswers:\n", "  a:\n"),
    full("---\n", '"\\"\\"\\"\\"\\"\\"'),
    full("{", "["),
    full('{"format":"shirube-assessment","version":1,', '"\\u0061":1,'),
    full("practice,criterion,answer\n", '"'),
    full("practice,criterion,answer\n", "a,b,yes\n"),
    full("practice,criterion,answer\n", ",,,,,,,,"),
    "\u0000".repeat(LARGEST),
  ]) {
    const start = performance.now();
    const { incoming, problems } = understand(text, "x");
    assert.equal(incoming?.answers.size ?? 0, 0);
    assert.ok(incoming || (problems.length > 0 && problems.length <= 50));
    // What is quadratic takes minutes.
    assert.ok(performance.now() - start < 20_000, `${text.slice(0, 40)}: ${performance.now() - start} ms`);
  }
});

test("joined, the newer answer counts and the other is kept", () => {
  const own = new Map([
    ["a/same", { answer: "yes", at: 10 }],
    ["a/older", { answer: "no", at: 10 }],
    ["a/newer", { answer: "no", note: "mine", at: 30 }],
  ]);
  const incoming = new Map([
    ["a/same", { answer: "yes", at: 20 }],
    ["a/older", { answer: "yes", at: 20 }],
    ["a/newer", { answer: "yes", at: 20 }],
    ["a/fresh", { answer: "yes", at: 20 }],
    ["b/unknown", { answer: "yes", at: 20 }],
  ]);
  assert.deepEqual(compare(incoming, own, (id) => id.startsWith("a/")), { fresh: ["a/fresh"], different: ["a/older", "a/newer"], same: ["a/same"], unknown: ["b/unknown"] });
  const joined = (id) => join(incoming.get(id), own.get(id), "file");
  assert.deepEqual(joined("a/older"), { answer: "yes", at: 20, other: { answer: "no", at: 10 } });
  assert.deepEqual(joined("a/newer"), { answer: "no", note: "mine", at: 30, other: { answer: "yes", at: 20, from: "file" } });
  assert.equal(joined("a/same").other, undefined);
  assert.deepEqual(joined("a/fresh"), { answer: "yes", at: 20 });
});

test("answers follow their criteria to new names", () => {
  const answers = new Map([["old/a", { answer: "yes" }], ["new/b", { answer: "no" }], ["new/x", { answer: "na" }]]);
  assert.deepEqual([...today(answers, { old: "new", "new/x": "new/y" }).keys()], ["new/a", "new/b", "new/y"]);
});

test("a link holds the answers of any sheet, and of a changed one what is left", () => {
  const many = practices(Object.fromEntries(Array.from({ length: 50 }, (_, p) => [`practice-number-${p}`, Object.fromEntries(Array.from({ length: 12 }, (_, c) => [`criterion-with-a-long-name-${c}`, 2 + (c % 4)]))])));
  const { one, next } = dice(3);
  for (const share of [0.01, 0.25, 1]) {
    const answers = new Map(many.flatMap(({ criteria }) => criteria.flatMap(({ id }) => (next() < share ? [[id, { answer: one(["yes", "partly", "no", "unknown", "na"]) }]] : []))));
    const packed = pack(many, answers, "2026-11-20", "0123456789ab");
    assert.match(packed, /^[\w-]+$/);
    assert.ok(packed.length < LONGEST / 2, `${answers.size} answers take ${packed.length} characters`);
    const back = unpack(packed, many, "0123456789ab");
    assert.deepEqual([back.day, back.sameModel, back.lost], ["2026-11-20", true, 0]);
    assert.deepEqual(new Map([...back.answers].sort()), new Map([...answers].sort()));

    // A practice is renamed, one loses a criterion, the rest moves about.
    const changed = many.toReversed().map((practice, at) => (at === 0 ? { ...practice, criteria: practice.criteria.slice(1) } : { ...practice, criteria: practice.criteria.toReversed() }));
    const later = unpack(packed, changed, "ffffffffffff");
    assert.equal(later.sameModel, false);
    assert.equal(later.answers.size + later.lost, answers.size);
    assert.ok(later.lost <= 12);
  }
});

test("a damaged link is not read", () => {
  const packed = pack(model, new Map([["rollback/one-step", { answer: "yes" }]]), "2026-11-20", "0123456789ab");
  for (const broken of ["", "x", "!".repeat(20), packed.slice(0, -2), `${packed}AAAA`, `B${packed.slice(1)}`, "A".repeat(9000)]) {
    assert.equal(unpack(broken, model, "0123456789ab"), undefined, broken.slice(0, 40));
  }
});

test("steps come in the order of prerequisites, postmortems and effort", () => {
  const asked = practices({ late: { a: 3 }, early: { a: 3 }, hurt: { a: 3 }, quick: { a: 3 }, done: { a: 3 }, silent: { a: 3 } });
  const settings = { late: { requires: ["early"] }, early: { effort: 3 }, hurt: { gaps: 2, effort: 3 }, quick: { effort: 1 }, done: {}, silent: {} };
  for (const practice of asked) {
    const { requires = [], effort = 2, gaps = 0 } = settings[practice.id];
    Object.assign(practice, { requires, effort, playbooks: [{ title: "Three", href: "", levels: [3] }, { title: "Four", href: "", levels: [4] }, { title: "Any", href: "", levels: [] }] });
    practice.criteria[0].gaps = gaps;
  }
  const score = (id) => ({ state: id === "silent" ? "not-assessed" : "level", level: id === "done" ? 3 : 2, target: 3, unknown: [], next: id === "done" ? undefined : { level: 3, yes: 0, partly: 0, no: 1 } });
  const scores = new Map(asked.map(({ id }) => [id, score(id)]));
  const steps = nextSteps({ practices: asked, practice: new Map(asked.map((one) => [one.id, one])) }, scores, () => "no");
  assert.deepEqual(steps.map(({ practice }) => practice.id), ["hurt", "quick", "early", "late"]);
  assert.deepEqual(steps[0].playbooks.map(({ title }) => title), ["Three", "Any"]);
});

test("a host's page for a new file gets the text, where it fits and the host takes it", () => {
  const github = { url: "https://git.example.com/acme/handbook", branch: "feature/x y", provider: "github" };
  const path = "content/teams/checkout/assessments/2026-11-20.md";
  const short = newFile(github, path, "a: 日本\n");
  assert.deepEqual(short, { href: `https://git.example.com/acme/handbook/new/feature/x%20y?filename=${encodeURIComponent(path)}&value=a%3A%20%E6%97%A5%E6%9C%AC%0A`, fits: true });
  const long = newFile(github, path, "語".repeat(1_000));
  assert.deepEqual(long, { href: short.href.split("&")[0], fits: false });
  const gitlab = newFile({ ...github, provider: "gitlab" }, path, "x");
  assert.deepEqual(gitlab, { href: `https://git.example.com/acme/handbook/-/new/feature/x%20y?file_name=${encodeURIComponent(path)}&content=x`, fits: false });
});

test("evidence is typed as words, an address and a day", () => {
  for (const [text, expected] of [
    ["The policy https://x.example/p 2026-11-20", [{ title: "The policy", url: "https://x.example/p", date: "2026-11-20" }]],
    ["https://x.example", [{ url: "https://x.example" }]],
    ["a talk\n\nmailto:a@x.example", [{ title: "a talk" }, { url: "mailto:a@x.example" }]],
    ["javascript:alert(1)", [{ title: "javascript:alert(1)" }]],
    ["2026-11-20", []],
    ["", []],
  ]) {
    assert.deepEqual(evidenceOf(text), expected, text);
    assert.deepEqual(evidenceOf(evidenceText(expected)), expected);
  }
  assert.equal(plain(" a\r\nb\u0000\ud800 "), "a\nb\ufffd");
  for (const day of ["2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"]) assert.ok(isDay(day), day);
  for (const day of ["2026-02-29", "1900-02-29", "2026-00-01", "2026-13-01", "0000-01-01", "2026-1-1", "x"]) assert.ok(!isDay(day), day);
});

test("the reference says what the files look like", async () => {
  const schema = JSON.parse(await readText(new URL("../../schemas/assessment.schema.json", import.meta.url), "utf8"));
  const text = writeJson(someAssessment(model, 5), { site: "01234567", team: "checkout", targets: {} });
  const known = Object.keys(schema.properties);
  for (const key of Object.keys(JSON.parse(text))) assert.ok(known.includes(key), key);
  for (const entry of Object.values(JSON.parse(text).answers).flatMap(Object.values)) {
    for (const key of Object.keys(entry)) assert.ok(Object.hasOwn(schema.$defs.answer.properties, key), key);
  }
});
