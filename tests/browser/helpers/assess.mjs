// What the tests of the self-assessment share: its modules, a small model, and dice that always fall alike.

const folder = new URL("../../../themes/default/static/js/assess/", import.meta.url);

/** A module of the sheet's script: `await module("score")`. */
export const module = (name) => import(new URL(`${name}.js`, folder));

export const ANSWERS = ["yes", "partly", "no", "unknown", "na"];

/** Practices with criteria, as the page's form gives them. */
export function practices(shape) {
  return Object.entries(shape).map(([id, criteria]) => {
    const practice = { id };
    practice.criteria = Object.entries(criteria).map(([name, level]) => ({ id: `${id}/${name}`, name, level, text: `${name} holds`, practice }));
    return practice;
  });
}

/** Numbers from 0 to 1, the same in every run. */
export function dice(seed) {
  let state = seed;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const below = (count) => Math.floor(next() * count);
  return { next, below, one: (list) => list[below(list.length)], maybe: (share, make) => (next() < share ? make() : undefined) };
}

/** Texts that have broken somebody's file before. */
export const HARD_TEXTS = [
  "日本語、全角！",
  'a "quoted" word \\ and a backslash',
  "two\nlines\n\nand a blank one",
  "tab\there",
  "# no comment",
  "key: value",
  "- item",
  "--- ",
  "*alias &anchor !tag %directive @at `tick`",
  "{flow: [map]}",
  "yes",
  "2026-11-20",
  "=1+1",
  "'apostrophe",
  "emoji 👩‍💻 and 𠮷",
  "\u2028 line separator \u0085 next line \ufeff mark",
  "<script>alert(1)</script>",
  "ends in a space ",
  "null",
  "a, b; c|d",
];

/** An assessment of some of the criteria, with everything that can belong to an answer. */
export function someAssessment(all, seed) {
  const { maybe, one, next } = dice(seed);
  const answers = new Map();
  for (const { criteria } of all) {
    for (const { id } of criteria) {
      if (next() < 0.3) continue;
      const evidence = maybe(0.3, () => [{ title: one(HARD_TEXTS) }, { title: "Run", url: "https://git.example.com/ビルド/1?a=b#c", date: "2026-11-20" }].slice(0, 1 + Math.round(next())));
      answers.set(id, strip({ answer: one(ANSWERS), note: maybe(0.4, () => one(HARD_TEXTS)), evidence, planned: maybe(0.2, () => true) }));
    }
  }
  return strip({
    title: one(HARD_TEXTS),
    description: maybe(0.5, () => one(HARD_TEXTS)),
    date: "2026-11-20",
    participants: [one(HARD_TEXTS), one(HARD_TEXTS)].slice(0, Math.round(2 * next())),
    scope: maybe(0.5, () => one(HARD_TEXTS)),
    model: "0123456789ab",
    body: one(["", "\n## What moved\n\n今回は。\n", "no empty line\r\n\r\n---\nkey: value\n---\n", "\n\n\n"]),
    answers,
  });
}

/** Without what is undefined. */
export function strip(record) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
