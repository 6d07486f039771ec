// Keeping and passing on: files out and in, the link, paper, the pull request.

import { writeCsv } from "./csv.js";
import { button, make, show } from "./dom.js";
import { plain } from "./entry.js";
import { writeFile } from "./file.js";
import { LARGEST, compare, join, today, understand } from "./incoming.js";
import { writeJson } from "./json.js";
import { LONGEST, pack } from "./share.js";
import { say, sayDay, sayTime } from "./words.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./incoming.js").Incoming} Incoming */
/** @typedef {import("./file.js").Problem} Problem */
/** @typedef {import("./sheet.js").Sheet} Sheet */

/** Characters of an address that hosts accept. */
const LONGEST_ADDRESS = 6000;
/** Longer lists begin folded. */
const LONG_LIST = 12;

export class Files {
  /** @param {Sheet} sheet @param {Record<string, any>} at Elements by `data-ref`. */
  constructor(sheet, at) {
    this.sheet = sheet;
    this.at = at;
    /** What there was before everything was replaced. @type {{entries: Map<string, Entry>, fields: Map<string, any>} | undefined} */
    this.before = undefined;
    /** @type {Record<string, () => void>} */
    this.acts = {
      md: () => this.save("md"),
      json: () => this.save("json"),
      csv: () => this.save("csv"),
      share: () => this.share(),
      print: () => this.print(false),
      blank: () => this.print(true),
      last: () => this.preview(this.lastTime()),
      broken: () => download("unreadable.json", `${JSON.stringify(sheet.store.broken(), null, 2)}\n`),
      forget: () => this.forget(),
      clear: () => this.replace(new Map(), new Map()),
    };
    for (const name of ["title", "scope"]) at[name].oninput = () => sheet.setField(name, plain(at[name].value) || undefined);
    at.date.onchange = () => sheet.setField("date", at.date.value || undefined);
    at.participants.oninput = () => sheet.setField("participants", at.participants.value.split("\n").map(plain).filter(Boolean));
    at.body.oninput = () => {
      const body = plain(at.body.value);
      sheet.setField("body", body ? `\n${body}\n` : undefined);
    };
    at.open.onchange = () => this.read([...at.open.files]).then(() => (at.open.value = ""));
    if (at.pull) at.pull.onclick = () => this.pull();
  }

  /** Shows what is known, except where somebody is typing. */
  paint() {
    const { sheet, at } = this;
    /** @type {Record<string, string>} */
    const texts = { date: sheet.day, title: sheet.text("title"), scope: sheet.text("scope"), participants: sheet.participants.join("\n"), body: sheet.text("body").replace(/^\n/, "") };
    for (const [name, text] of Object.entries(texts)) if (at[name] !== document.activeElement) at[name].value = text;
    at.title.placeholder = this.title();
    const since = sheet.unsavedSince;
    show(at.unsaved, since ? say("not_exported", { time: sayTime(since) }) : say("nothing_new"));
    // Notes without an answer have no place in the assessment file.
    const loose = [...sheet.own].filter(([id, { answer, note }]) => !answer && note && sheet.model.criterion.has(id));
    show(at.loose, loose.length > 0 && [say("loose_notes", { n: loose.length }), " ", make("a", { href: `#${loose[0][0]}` }, say("show"))]);
    at.aside.hidden = sheet.aside().length === 0 && sheet.store.broken().length === 0;
    show(at.aside_list, sheet.aside().map(([id, { answer, note }]) => make("li", make("code", id), say("label_separator"), answer && say(`answer_${answer}`), make("span.minor", ` ${note ?? ""}`))));
  }

  title() {
    const { team } = this.sheet.data;
    const day = sayDay(this.sheet.day);
    return team ? say("file_title", { team: team.title, day }) : say("file_title_none", { day });
  }

  /** @returns {import("./file.js").Assessment} */
  assessment() {
    const { sheet } = this;
    const text = (/** @type {string} */ name) => sheet.text(name) || undefined;
    return {
      title: text("title") ?? this.title(),
      description: text("description"),
      date: sheet.day,
      participants: sheet.participants,
      scope: text("scope"),
      model: text("model") ?? sheet.data.model,
      body: text("body"),
      answers: sheet.own,
    };
  }

  /** @param {"md" | "json" | "csv"} format */
  save(format) {
    const { sheet } = this;
    const { site, team } = sheet.data;
    const texts = {
      md: () => writeFile(this.assessment(), sheet.model.practices),
      json: () => writeJson(this.assessment(), { site, team: team?.id, targets: sheet.ownTargets }),
      csv: () => writeCsv(sheet.model.criteria, sheet.own),
    };
    const name = format === "md" ? `${sheet.day}.md` : `${team?.id ?? "assessment"}-${sheet.day}.${format}`;
    download(name, texts[format]());
    sheet.setField("exported", Date.now());
    show(this.at.said, format === "md" && team ? say("saved_file", { name, folder: `content/teams/${team.id}/assessments/` }) : say("saved", { name }));
  }

  async share() {
    const { sheet, at } = this;
    const address = `${location.href.split("#")[0]}#share=${pack(sheet.model.practices, sheet.entries, sheet.day, sheet.data.model)}`;
    if (address.length > LONGEST) return show(at.said, say("share_long"));
    const field = make("input", { type: "text", readonly: true, value: address, "aria-labelledby": "share-about", onfocus: () => field.select() });
    show(at.said, make("span", { id: "share-about" }, say("share_about")), field);
    field.focus();
    if (await copy(address)) field.before(` ${say("copied")} `);
  }

  /** Leads to the host's page for a new file; what does not fit into an address goes to the clipboard, else into a file. */
  pull() {
    const { repository, team } = this.sheet.data;
    if (!repository || !team) return;
    const text = writeFile(this.assessment(), this.sheet.model.practices);
    const { href, fits } = newFile(repository, `content/teams/${team.id}/assessments/${this.sheet.day}.md`, text);
    this.at.pull.href = href;
    this.sheet.setField("exported", Date.now());
    if (fits) return;
    copy(text).then((done) => {
      if (!done) download(`${this.sheet.day}.md`, text);
      show(this.at.said, say(done ? "paste" : "paste_file"));
    });
  }

  /** @param {boolean} isBlank */
  print(isBlank) {
    document.documentElement.classList.toggle("blank", isBlank);
    print();
    document.documentElement.classList.remove("blank");
  }

  /** @returns {Incoming} */
  lastTime() {
    const { last, data } = this.sheet;
    const date = data.last?.date ?? "";
    return { from: sayDay(date), date: "", participants: [], answers: dated(last, date), lines: new Map() };
  }

  /** @param {File[]} files */
  async read(files) {
    const { sheet, at } = this;
    const results = await Promise.all(files.map(understood));
    const read = results.flatMap(({ incoming }) => (incoming ? [{ ...incoming, answers: dated(today(incoming.answers, sheet.data.renamed), incoming.date) }] : []));
    const failed = results.flatMap(({ problems }, place) => (problems.length > 0 ? [problemList(files[place].name, problems)] : []));
    if (read.length > 1) {
      sheet.people = read.map(({ from, participants, answers }) => ({ from: participants.length === 1 ? participants[0] : from, answers }));
      sheet.tell({});
      failed.push(make("p", say("people_read", { n: read.length }), " ", make("a", { href: "#results" }, say("show"))));
    }
    show(at.found, failed, read.length === 1 && this.previewOf(read[0]));
    at.found.focus();
  }

  /** @param {Incoming} incoming */
  preview(incoming) {
    show(this.at.found, this.previewOf(incoming));
    this.at.found.focus();
  }

  /** What a file would change, before it changes anything. @param {Incoming} incoming */
  previewOf(incoming) {
    const { sheet, at } = this;
    const { model, own, data } = sheet;
    const { answers, from, team, lines } = incoming;
    const sorts = compare(answers, own, (id) => model.criterion.has(id));
    const merge = () => {
      const joined = [...answers].map(([id, entry]) => /** @type {const} */ ([id, join(entry, own.get(id), from)]));
      this.replace(new Map([...own, ...joined]), merged(sheet.fields, incoming));
    };
    const replace = () => this.replace(new Map(answers), replaced(sheet.fields, incoming));
    const look = () => {
      sheet.look({ entries: answers, from, day: incoming.date || sheet.day });
      show(at.found);
      location.hash = "sheet";
    };
    const sums = Object.entries(sorts).map(([sort, ids]) => say(`n_${sort}`, { n: ids.length }));
    return make(
      "div.preview",
      make("h3", from),
      team && team !== data.team?.id && make("p.notice", say("other_team", { team })),
      incoming.model && incoming.model !== data.model && make("p.minor", say("other_model")),
      make("p", make("b", sums.join(say("list_separator")))),
      folded("different", sorts.different.map((id) => [model.criterion.get(id)?.text ?? id, change(own.get(id), answers.get(id))])),
      folded("unknown", sorts.unknown.map((id) => [id, lines.has(id) ? say("line", { line: lines.get(id) ?? 0 }) : ""])),
      make("div.buttons", button(say("merge"), merge, "act.main"), button(say("replace"), replace), button(say("look"), look), button(say("cancel"), () => show(at.found))),
      make("p.minor", say("merge_about")),
    );
  }

  /** @param {Map<string, Entry>} entries @param {Map<string, any>} fields */
  replace(entries, fields) {
    const { sheet } = this;
    this.before = { entries: new Map(sheet.own), fields: new Map(sheet.fields) };
    sheet.looked = undefined;
    sheet.replaceAll(entries, fields);
    this.done("taken", button(say("undo"), () => this.undo(), "act.small"));
  }

  undo() {
    if (this.before) this.sheet.replaceAll(this.before.entries, this.before.fields);
    this.done("undone");
  }

  /** @param {string} key @param {Node} [act] */
  done(key, act) {
    show(this.at.found, make("p", { role: "status" }, say(key), " ", act));
    this.at.found.focus();
  }

  forget() {
    const { sheet } = this;
    for (const [id] of sheet.aside()) sheet.put(id, undefined);
    sheet.store.forgetBroken();
    sheet.tell({});
  }
}

/** A host's page for a new file. GitLab leaves the text out of its editor, so that it is handed over another way as well. @param {NonNullable<Sheet["data"]["repository"]>} repository @param {string} path @param {string} text */
export function newFile({ url, branch, provider }, path, text) {
  const isGitlab = provider === "gitlab";
  const [middle, name, value] = isGitlab ? ["-/new", "file_name", "content"] : ["new", "filename", "value"];
  const href = `${url}/${middle}/${branch.split("/").map(encodeURIComponent).join("/")}?${name}=${encodeURIComponent(path)}`;
  const full = `${href}&${value}=${encodeURIComponent(text)}`;
  return full.length > LONGEST_ADDRESS ? { href, fits: false } : { href: full, fits: !isGitlab };
}

/** @param {File} file @returns {Promise<{incoming?: Incoming, problems: Problem[]}>} */
async function understood(file) {
  if (file.size > LARGEST) return { problems: [{ line: 1, what: "large" }] };
  try {
    return understand(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()), file.name);
  } catch {
    return { problems: [{ line: 1, what: "not_text" }] };
  }
}

/** Answers from a file are as old as the file says, where they do not say so themselves. @param {Map<string, Entry>} answers @param {string} date */
function dated(answers, date) {
  const at = date ? new Date(`${date}T00:00:00`).getTime() : undefined;
  return new Map([...answers].map(([id, entry]) => [id, { at, ...entry }]));
}

/** @param {string} file @param {Problem[]} problems */
function problemList(file, problems) {
  const lines = problems.map(({ line, what, name = "" }) => make("li", say("line", { line }), say("label_separator"), say(`wrong_${what}`, { name })));
  return make("div.notice.problems", { role: "alert" }, make("p", make("b", file), say("label_separator"), say("refused")), make("ul", lines));
}

/** @param {string} title @param {[string, string][]} rows */
function folded(title, rows) {
  return rows.length > 0 && make("details", { open: rows.length <= LONG_LIST }, make("summary", say(title)), make("ul", rows.map(([name, text]) => make("li", name, " ", make("span.minor", text)))));
}

/** @param {Entry} [mine] @param {Entry} [theirs] */
function change(mine, theirs) {
  const word = (/** @type {Entry} */ { answer } = {}) => say(answer ? `answer_${answer}` : "no_answer");
  return mine?.answer === theirs?.answer ? say("other_note") : `${word(mine)} → ${word(theirs)}`;
}

/** The fields of the sheet that a file has, too. */
const FIELDS = /** @type {const} */ (["title", "description", "scope", "body"]);

/** Own fields first. @param {Map<string, any>} fields @param {Incoming} incoming */
function merged(fields, incoming) {
  const both = new Map(fields);
  for (const name of FIELDS) if (!both.get(name) && incoming[name]) both.set(name, incoming[name]);
  both.set("participants", [...new Set([...(fields.get("participants") ?? []), ...incoming.participants])]);
  both.set("targets", { ...incoming.targets, ...fields.get("targets") });
  return both;
}

/** All as the file has it. @param {Map<string, any>} fields @param {Incoming} incoming */
function replaced(fields, incoming) {
  const all = new Map([...fields].filter(([name]) => ["view", "shown"].includes(name)));
  for (const name of [...FIELDS, ...(/** @type {const} */ (["participants", "model", "date", "targets"]))]) if (incoming[name]) all.set(name, incoming[name]);
  return all;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed, or not there on a plain-http host.
    return false;
  }
}

/** @param {string} name @param {string} text */
function download(name, text) {
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "application/octet-stream" })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
