// The score in the browser: examples, and what must hold for every sheet.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ANSWERS, dice, module } from "./helpers/assess.mjs";

const { score, scorePractice, together } = await module("score");

/** `"2: a yes, 3: b"` as items. */
const items = (text) =>
  text.split(", ").map((item) => {
    const [, level, criterion, answer] = /^(\d): (\S+) ?(\S*)$/.exec(item);
    return { level: Number(level), criterion, ...(answer && { answer }) };
  });

const line = ({ state, level, progress, answered, applicable, unknown }) => {
  const shown = { level: `level ${level}`, "not-assessed": "no level", "not-applicable": "not applicable" }[state];
  const share = progress === null ? "–" : `${Math.round(progress * 100)} %`;
  return `${shown} · ${share} · ${answered} of ${applicable}${unknown.length > 0 ? ` · not known: ${unknown.join(" ")}` : ""}`;
};

test("levels are cumulative, and unknown is never no", () => {
  for (const [answers, expected] of [
    ["2: a yes, 3: b yes, 3: c partly", "level 2 · 75 % · 3 of 3"],
    ["2: a unknown, 3: b yes, 3: c yes", "level 1 · – · 2 of 3 · not known: a"],
    ["2: a no, 3: b, 3: c", "level 1 · 0 % · 1 of 3"],
    ["2: a yes, 3: b na, 3: c na", "level 2 · – · 1 of 1"],
    ["2: a yes, 4: d yes", "level 4 · – · 2 of 2"],
    ["2: a, 3: b", "no level · – · 0 of 2"],
    ["2: a na, 3: b na", "not applicable · – · 0 of 0"],
    ["2: a na, 3: b", "no level · – · 0 of 1"],
    ["1: a no, 2: b yes", "level 0 · 0 % · 2 of 2"],
    ["2: a na, 3: b yes", "level 3 · – · 1 of 1"],
    ["2: a partly, 2: b unknown", "level 1 · 50 % · 1 of 2 · not known: b"],
    ["2: a yes, 3: b no, 4: c yes", "level 2 · 0 % · 3 of 3"],
    ["2: a yes, 3: b yes, 4: c, 5: d", "level 3 · – · 2 of 4 · not known: c"],
  ]) {
    assert.equal(line(score(items(answers), 3, false)), expected, answers);
  }
  assert.equal(line(score(items("2: a yes"), 3, true)), "not applicable · – · 0 of 0");
  assert.equal(line(score([], 3, false)), "no level · – · 0 of 0");
});

test("a decision counts from its day until it is looked at again", () => {
  const asked = {
    practice: "slo-review",
    criteria: [{ id: "asked", level: 2 }, { id: "calendar", level: 3 }],
    answers: { asked: "yes", calendar: "no" },
    target: 3,
  };
  const decided = { decided_on: "2026-04-17", revisit: "2027-04-16" };
  for (const [subject, date, expected] of [
    ["slo-review/calendar", "2026-04-16", "level 2 · 0 % · 2 of 2"],
    ["slo-review/calendar", "2026-04-17", "level 2 · – · 1 of 1"],
    ["slo-review/calendar", "2027-04-15", "level 2 · – · 1 of 1"],
    ["slo-review/calendar", "2027-04-16", "level 2 · 0 % · 2 of 2"],
    ["slo-review", "2026-11-20", "not applicable · – · 0 of 0"],
    ["slo-targets", "2026-11-20", "level 2 · 0 % · 2 of 2"],
  ]) {
    assert.equal(line(scorePractice({ ...asked, decisions: { [subject]: decided }, date })), expected, `${subject} on ${date}`);
  }
  assert.equal(scorePractice({ ...asked, decisions: { "slo-review": {} }, date: "0001-01-01" }).state, "not-applicable");
});

test("names of every object are no answers and no decisions", () => {
  const asked = { practice: "constructor", criteria: [{ id: "toString", level: 2 }], answers: {}, decisions: {}, target: 3, date: "2026-11-20" };
  assert.equal(scorePractice(asked).state, "not-assessed");
});

test("several practices are counted, never averaged; too few answers leave the mark open", () => {
  const some = ["2: a yes, 3: b yes", "2: a yes, 3: b no", "2: a, 3: b", "2: a na"].map((answers) => score(items(answers), 3, false));
  assert.deepEqual(together(some), { reached: 1, practices: 3, answered: 4, applicable: 6, share: 1 / 3, open: false });
  assert.equal(together(some.slice(2)).open, true);
  assert.equal(together(some.slice(3)).share, null);
});

/** Sheets of every shape. */
function* sheets(count) {
  const { below, one } = dice(20261120);
  for (let at = 0; at < count; at += 1) {
    yield Array.from({ length: 1 + below(9) }, (_, place) => {
      const answer = one([...ANSWERS, undefined]);
      return { level: 1 + below(5), criterion: `c${place}`, ...(answer && { answer }) };
    });
  }
}

const shuffled = (list, { below }) => list.map((item) => [below(1e9), item]).sort(([a], [b]) => a - b).map(([, item]) => item);

test("whatever is answered, a further yes never lowers a level", () => {
  let compared = 0;
  for (const sheet of sheets(4_000)) {
    const before = score(sheet, 3, false);
    for (const place of sheet.keys()) {
      const after = score(sheet.with(place, { ...sheet[place], answer: "yes" }), 3, false);
      if (before.state !== "level") continue;
      compared += 1;
      assert.ok(after.level >= before.level, JSON.stringify([sheet, place]));
      if (sheet[place].answer !== "na") assert.ok(after.answered >= before.answered && after.applicable === before.applicable);
    }
  }
  assert.ok(compared > 10_000);
});

test("to say that nobody knows is the same as to say nothing", () => {
  for (const sheet of sheets(4_000)) {
    const silent = sheet.map(({ answer, ...item }) => (answer === "unknown" || !answer ? item : { ...item, answer }));
    const unknown = silent.map((item) => ({ answer: "unknown", ...item }));
    assert.deepEqual(score(unknown, 3, false), score(silent, 3, false), JSON.stringify(sheet));
  }
});

test("the order of criteria does not matter", () => {
  const luck = dice(7);
  for (const sheet of sheets(4_000)) {
    const [a, b] = [sheet, shuffled(sheet, luck)].map((one) => {
      const found = score(one, 3, false);
      return { ...found, unknown: [...found.unknown].sort() };
    });
    assert.deepEqual(a, b, JSON.stringify(sheet));
  }
});

test("progress is a share of what is known, and 1 only where something is unknown", () => {
  for (const sheet of sheets(4_000)) {
    const { state, progress, answered, applicable, unknown, next } = score(sheet, 3, false);
    assert.ok(answered <= applicable);
    if (progress === null) continue;
    assert.equal(state, "level");
    assert.ok(progress >= 0 && progress <= 1);
    assert.equal(progress, (next.yes + next.partly / 2) / (next.yes + next.partly + next.no));
    assert.ok(progress < 1 || unknown.length > 0, JSON.stringify(sheet));
  }
});
