// Which criteria are asked: all, the starters, an area, those without an answer, those towards the targets.

/** @typedef {import("./model.js").Criterion} Criterion */
/** @typedef {import("./sheet.js").Sheet} Sheet */

/** Whether a scope asks a criterion. @type {Record<string, (criterion: Criterion, sheet: Sheet) => boolean>} */
const SCOPES = {
  all: () => true,
  starter: ({ practice }) => practice.starter,
  open: ({ id }, sheet) => !sheet.entries.get(id)?.answer,
  target: ({ level, practice }, sheet) => level <= sheet.target(practice),
  last: ({ id }, sheet) => sheet.last.has(id),
};

/** The criteria of a scope, in order; any other scope is an area's id. @param {Sheet} sheet @param {string} scope @returns {Criterion[]} */
export function inScope(sheet, scope) {
  const asks = SCOPES[scope] ?? (({ practice }) => practice.area.id === scope);
  return sheet.model.criteria.filter((criterion) => asks(criterion, sheet));
}

/** What is asked first: the starters of a team that has never answered, else everything. @param {Sheet} sheet */
export function firstScope({ model, last, own }) {
  return last.size === 0 && own.size === 0 && model.practices.some((practice) => practice.starter) ? "starter" : "all";
}
