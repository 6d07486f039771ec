// What is asked, read from the form of the page: the form is the data.

/** @typedef {{id: string, title: string, practices: Practice[], node: HTMLElement}} Area */
/**
 * @typedef {object} Practice
 * @property {string} id
 * @property {string} title
 * @property {Area} area
 * @property {boolean} starter
 * @property {number} effort 1 (days) to 3 (quarters); 2 where nothing is said.
 * @property {string[]} requires Ids of the practices to have first.
 * @property {Criterion[]} criteria In order.
 * @property {{title: string, href: string, levels: number[]}[]} playbooks What helps, and to reach which levels; none means all.
 * @property {HTMLElement} node
 */
/**
 * @typedef {object} Criterion
 * @property {string} id `practice/criterion`
 * @property {string} name Its id within the practice.
 * @property {Practice} practice
 * @property {number} level
 * @property {string} text
 * @property {number} gaps Postmortems that point at it.
 * @property {HTMLFieldSetElement} node
 */
/**
 * @typedef {object} Model
 * @property {Area[]} areas
 * @property {Practice[]} practices In order.
 * @property {Criterion[]} criteria In order.
 * @property {Map<string, Practice>} practice By id.
 * @property {Map<string, Criterion>} criterion By id.
 */

/** @param {HTMLElement} form @param {string} other The name of the area of practices without one. @returns {Model} */
export function readModel(form, other) {
  /** @type {Area[]} */
  const areas = [];
  for (const [at, node] of all(form, ".area").entries()) {
    /** @type {Area} */
    const area = { id: `area-${at + 1}`, title: textOf(node, ".area-title") || other, practices: [], node };
    area.practices = all(node, ".practice").map((practice) => readPractice(practice, area));
    areas.push(area);
  }
  const practices = areas.flatMap((area) => area.practices);
  const criteria = practices.flatMap((practice) => practice.criteria);
  return {
    areas,
    practices,
    criteria,
    practice: new Map(practices.map((practice) => [practice.id, practice])),
    criterion: new Map(criteria.map((criterion) => [criterion.id, criterion])),
  };
}

/** @param {HTMLElement} node @param {Area} area @returns {Practice} */
function readPractice(node, area) {
  const { starter, effort, requires = "" } = node.dataset;
  /** @type {Practice} */
  const practice = {
    id: node.id.replace(/^practice-/, ""),
    title: textOf(node, "h3"),
    area,
    starter: starter !== undefined,
    effort: Number(effort ?? 2),
    requires: requires.split(" ").filter(Boolean),
    criteria: [],
    playbooks: all(node, ".playbooks a").map((playbook) => ({
      title: (playbook.textContent ?? "").trim(),
      href: playbook.getAttribute("href") ?? "",
      levels: (playbook.dataset.levels ?? "").split(" ").filter(Boolean).map(Number),
    })),
    node,
  };
  for (const field of all(node, "fieldset")) {
    if (!(field instanceof HTMLFieldSetElement)) continue;
    practice.criteria.push({
      id: field.id,
      name: field.id.slice(practice.id.length + 1),
      practice,
      level: Number(field.dataset.level),
      text: textOf(field, "legend"),
      gaps: field.querySelectorAll(".gaps a").length,
      node: field,
    });
  }
  return practice;
}

/** @param {Element} within @param {string} selector @returns {HTMLElement[]} */
function all(within, selector) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);
}

/** @param {Element} within @param {string} selector */
function textOf(within, selector) {
  return (within.querySelector(selector)?.textContent ?? "").trim();
}
