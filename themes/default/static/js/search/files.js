// The files of an index: fetched once each, unpacked and read. Their form is described in `src/search/mod.rs`.

import { readRules } from "./tokens.js";

/**
 * @typedef {object} Term
 * @property {string} text
 * @property {number} fields How many fields have it, over all pages.
 * @property {number} tail Number of the file with its other pages, from 1.
 * @property {[number[], number[]][]} postings By field: pages, and weights in thousandths.
 * @property {[string, number][]} names Names that are known by it, and the number of their group.
 */

/** Reads numbers and texts, one behind the other. */
class Bytes {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.decoder = new TextDecoder();
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  number() {
    let number = 0;
    let unit = 1;
    for (;;) {
      const byte = this.bytes[this.at++] ?? 0;
      number += (byte & 0x7f) * unit;
      if (byte < 0x80) return number;
      unit *= 0x80;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.decoder.decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** The next word, which begins like the one before. @param {string} before */
  word(before) {
    // Counted in bytes of UTF-8.
    let shared = this.number();
    let kept = 0;
    while (shared > 0 && kept < before.length) {
      const code = before.codePointAt(kept) ?? 0;
      shared -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      kept += code < 0x10000 ? 1 : 2;
    }
    return before.slice(0, kept) + this.text();
  }

  /** @param {number} fields @returns {[number[], number[]][]} */
  postings(fields) {
    return Array.from({ length: fields }, () => {
      const count = this.number();
      let next = 0;
      const pages = Array.from({ length: count }, () => {
        const page = next + this.number();
        next = page + 1;
        return page;
      });
      return [pages, Array.from({ length: count }, () => this.number())];
    });
  }
}

/** An index, of which files are read when they are needed. */
export class Files {
  /** @param {(name: string, anew: boolean) => Promise<Uint8Array>} read The bytes of a file, unpacked. */
  constructor(read) {
    this.read = read;
    /** @type {Map<string, Promise<any>>} */
    this.known = new Map();
  }

  /** The index as it is now. @param {(name: string, anew: boolean) => Promise<Uint8Array>} read @param {boolean} anew */
  static async open(read, anew) {
    const files = new Files(read);
    const router = JSON.parse(new TextDecoder().decode(await read("router", anew)));
    if (router.version !== 1) throw new Error(`an index of version ${router.version}`);
    files.router = router;
    files.rules = readRules(router.rules);
    /** @type {number[]} By page its subject. */
    files.subjects = [];
    /** @type {number[]} By page its language. */
    files.languages = [];
    files.count = 0;
    for (const [bits, count] of router.subjects) {
      for (let row = 0; row < count; row += 1, files.count += 1) {
        for (let language = 0; bits >>> language; language += 1) {
          if ((bits >>> language) & 1) {
            files.subjects.push(files.count);
            files.languages.push(language);
          }
        }
      }
    }
    return files;
  }

  /** @template T @param {string} name @param {(bytes: Uint8Array) => T} decode @returns {Promise<T>} */
  get(name, decode) {
    let found = this.known.get(name);
    if (!found) {
      const folder = name.startsWith("text/") ? "data" : `data/${this.router.generation}`;
      found = this.read(`${folder}/${name}`, false).then(decode);
      this.known.set(name, found);
      found.catch(() => this.known.delete(name));
    }
    return found;
  }

  /** @param {string} name */
  json(name) {
    return this.get(name, (bytes) => JSON.parse(new TextDecoder().decode(bytes)));
  }

  /** A term, if any page has it or a name is known by it. @param {string} text @returns {Promise<Term | undefined>} */
  async term(text) {
    const shard = await this.shard(await this.route(text));
    return shard?.find((term) => term.text === text);
  }

  /** The terms that begin with `start`, from as many as two files. @param {string} start @returns {Promise<Term[]>} */
  async beginningWith(start) {
    const first = await this.route(start);
    const begins = (/** @type {Term} */ term) => term.fields > 0 && term.text.startsWith(start);
    const found = (await this.shard(first))?.filter(begins) ?? [];
    const last = (await this.shard(first))?.at(-1)?.text ?? "";
    if (last > start && !last.startsWith(start)) return found;
    // The range goes on, or could begin, in the next file.
    const next = await this.shard(first + 1);
    return [...found, ...(next?.filter(begins) ?? [])];
  }

  /** The file of terms in which a term would be. @param {string} text */
  async route(text) {
    const { routes, grouped, route } = this.router;
    const first = lastUpTo(routes, text);
    if (!grouped || first < 0) return first;
    return first * route + lastUpTo(await this.json(`routes/${first}`), text);
  }

  /** @param {number} number @returns {Promise<Term[] | undefined>} */
  async shard(number) {
    if (number < 0 || number >= this.router.shards) return undefined;
    return this.get(`terms/${number}`, (packed) => {
      const bytes = new Bytes(packed);
      const terms = [];
      for (let text = ""; !bytes.done; ) {
        text = bytes.word(text);
        const [fields, tail] = [bytes.number(), bytes.number()];
        const postings = bytes.postings(this.router.fields.length);
        const names = Array.from({ length: bytes.number() }, () => /** @type {[string, number]} */ ([bytes.text(), bytes.number()]));
        terms.push({ text, fields, tail, postings, names });
      }
      return terms;
    });
  }

  /** The pages of a term beyond those that stand with it. @param {Term} term */
  async tail({ tail }) {
    return this.get(`tails/${tail - 1}`, (packed) => new Bytes(packed).postings(this.router.fields.length));
  }

  /** Title, address, kind, area, level, and the name of its text. @param {number} page @returns {Promise<string[]>} */
  async card(page) {
    const { cards } = this.router;
    return (await this.json(`cards/${Math.floor(page / cards)}`))[page % cards];
  }

  /** Names of a group: as written, and as stems. @param {number} group @returns {Promise<[string, string][]>} */
  async names(group) {
    const { names } = this.router;
    return (await this.json(`names/${Math.floor(group / names)}`))[group % names] ?? [];
  }

  /** The frequent words that begin as a text does: term, word, how many fields. @param {string} text @returns {Promise<[string, string, number][]>} */
  async words(text) {
    const letter = text[0] ?? "";
    if (!letter || !this.router.words.includes(letter)) return [];
    return this.get(`words/${letter}`, (packed) => {
      const bytes = new Bytes(packed);
      const words = [];
      for (let term = ""; !bytes.done; ) {
        term = bytes.word(term);
        words.push([term, bytes.word(term), bytes.number()]);
      }
      return words;
    });
  }

  /** By facet its values: name, titles by language, and by subject whether it has it. @returns {Promise<Record<string, Value[]>>} */
  facets() {
    return this.get("facets", (bytes) => {
      const written = JSON.parse(new TextDecoder().decode(bytes));
      for (const values of Object.values(written)) {
        for (const value of values) {
          const has = new Uint8Array(this.count ?? 0);
          for (let at = 0, next = 0; at < value[2].length; at += 2) {
            const first = next + value[2][at];
            next = first + value[2][at + 1];
            has.fill(1, first, next);
          }
          value[2] = has;
        }
      }
      return written;
    });
  }
}

/** @typedef {[string, string[], Uint8Array]} Value */

/** The last of some sorted words that is not behind `text`. @param {string[]} words @param {string} text */
function lastUpTo(words, text) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle] <= text) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Reads the files below a folder (`…/search/`) of a site. @param {string} folder @returns {(name: string, anew: boolean) => Promise<Uint8Array>} */
export function reader(folder) {
  if (location.protocol === "file:") return (name) => scripted(folder, name).then(unpacked);
  return async (name, anew) => {
    const answer = await fetch(`${folder}${name}.bin`, anew ? { cache: "reload" } : name === "router" ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return unpacked(new Uint8Array(await answer.arrayBuffer()));
  };
}

/** From the disk, where fetching is refused, a file is a script that calls `shirubeSearch`. @param {string} folder @param {string} name @returns {Promise<Uint8Array>} */
function scripted(folder, name) {
  const world = /** @type {any} */ (globalThis);
  world.shirubeSearch ??= (/** @type {string} */ name, /** @type {string} */ text) => {
    world.shirubeSearch[name] = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  };
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    script.onload = () => resolve(world.shirubeSearch[name]);
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
}

/** Without gzip, unless a host has taken that off already. @param {Uint8Array} bytes */
async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
