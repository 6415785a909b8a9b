/**
 * SCORM 1.2's data model in the browser, driven by the same table as the server's (schemas/scorm/1.2.json).
 * Answers are synchronous and from memory; no call makes a request.
 */

/** @typedef {{type: string, access: string, default?: string, values?: string[], range?: number[], most?: number, pattern?: string}} Rule */

const NO_ERROR = "0";
const INVALID_ARGUMENT = "201";
const NO_CHILDREN = "202";
const NO_ARRAY = "203";
const NOT_IMPLEMENTED = "401";
const KEYWORD = "402";
const READ_ONLY = "403";
const WRITE_ONLY = "404";
const WRONG_TYPE = "405";

const KEYWORDS = /\._(children|count|version)$/;
const INDEX = /\.(0|[1-9][0-9]{0,4})(?=\.|$)/g;

/** What no database keeps as text: NUL, and halves of a character. */
const NO_TEXT = /[\0\p{Surrogate}]/u;

export class DataModel {
  /** @type {Map<string, Rule>} */
  #rules;
  /** @type {Map<string, number>} how many entries each collection has */
  #counts = new Map();

  /** @param {any} table @param {Record<string, string>} values */
  constructor(table, values) {
    this.#rules = new Map(Object.entries(table.elements).map(([name, rule]) => [name, { ...table.types[rule.type], ...rule }]));
    this.errors = new Map(Object.entries(table.errors));
    this.values = new Map(Object.entries(values));
    for (const element of this.values.keys()) this.#count(element);
    this.error = NO_ERROR;
  }

  /** LMSGetValue (RTE 1.2, 3.3.2.2): the value, or "" and an error code. @param {string} element */
  get(element) {
    this.error = NO_ERROR;
    if (element.endsWith("._children")) return this.#children(element.slice(0, -"._children".length));
    if (element.endsWith("._count")) return this.#length(element.slice(0, -"._count".length));
    if (element === "cmi._version") return "3.4";
    const rule = this.#rules.get(general(element));
    if (!rule) return this.#fail(NOT_IMPLEMENTED);
    if (!rule.access.includes("r")) return this.#fail(WRITE_ONLY);
    if (!this.#reaches(element, 0)) return this.#fail(INVALID_ARGUMENT);
    return this.values.get(element) ?? rule.default ?? "";
  }

  /** LMSSetValue (RTE 1.2, 3.3.2.3): "true", or "false" and an error code. @param {string} element @param {string} value */
  set(element, value) {
    this.error = NO_ERROR;
    if (KEYWORDS.test(element)) return this.#refuse(KEYWORD);
    const rule = this.#rules.get(general(element));
    if (!rule) return this.#refuse(NOT_IMPLEMENTED);
    if (!rule.access.includes("w")) return this.#refuse(READ_ONLY);
    if (!this.#reaches(element, 1)) return this.#refuse(INVALID_ARGUMENT);
    if (!fits(rule, value)) return this.#refuse(WRONG_TYPE);
    this.values.set(element, value);
    this.#count(element);
    return "true";
  }

  /** An index is one that is there; one that is set may be the next (RTE 1.2, 3.4.2). */
  #reaches(element, beyond) {
    return places(element).every(({ collection, index }) => index < (this.#counts.get(collection) ?? 0) + beyond);
  }

  #count(element) {
    for (const { collection, index } of places(element)) {
      this.#counts.set(collection, Math.max(this.#counts.get(collection) ?? 0, index + 1));
    }
  }

  #length(collection) {
    const name = general(collection);
    if (this.#below(`${name}.n.`).length) return String(this.#counts.get(collection) ?? 0);
    return this.#fail(this.#known(name) ? NO_ARRAY : NOT_IMPLEMENTED);
  }

  #children(parent) {
    const name = general(parent);
    const children = name.endsWith(".n") ? [] : this.#below(`${name}.n.`).concat(this.#below(`${name}.`));
    const names = new Set(children.map((child) => child.split(".")[0]).filter((child) => child !== "n"));
    return [...names].join(",") || this.#fail(this.#known(name) ? NO_CHILDREN : NOT_IMPLEMENTED);
  }

  #known(name) {
    return this.#rules.has(name) || this.#below(`${name}.`).length > 0;
  }

  #below(start) {
    return [...this.#rules.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  }

  #fail(code) {
    this.error = code;
    return "";
  }

  #refuse(code) {
    this.error = code;
    return "false";
  }
}

/** The twin of player/datamodel.py's `fits`. @param {Rule} rule @param {string} value */
export function fits(rule, value) {
  if ([...value].length > (rule.most ?? 4096) || NO_TEXT.test(value)) return false;
  if (rule.values && !rule.values.includes(value)) return false;
  if (rule.pattern && !new RegExp(`^(?:${rule.pattern})$`).test(value)) return false;
  if (rule.range && value) return rule.range[0] <= Number(value) && Number(value) <= rule.range[1];
  return true;
}

/** The name under which the table has an element: `n` for each index. A lesson that says `n` itself means nothing. */
function general(element) {
  return /\.n(\.|$)/.test(element) ? "" : element.replace(INDEX, ".n");
}

/** Where an element lies in which collections, from the outermost. */
function places(element) {
  return [...element.matchAll(INDEX)].map((match) => ({ collection: element.slice(0, match.index), index: Number(match[1]) }));
}
