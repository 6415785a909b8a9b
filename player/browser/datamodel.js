/**
 * SCORM 1.2's data model in the browser, driven by the same table as the server's (schemas/scorm/1.2.json).
 * Answers are synchronous and from memory; no call makes a request.
 */

/** @typedef {{type: string, access: string, values?: string[], range?: number[], most?: number, pattern?: string}} Rule */

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

export class DataModel {
  /** @param {any} table @param {Record<string, string>} values */
  constructor(table, values) {
    this.table = table;
    this.values = new Map(Object.entries(values));
    this.error = NO_ERROR;
  }

  /** LMSGetValue (RTE 1.2, 3.3.2.2): the value, or "" and an error code. @param {string} element */
  get(element) {
    this.error = NO_ERROR;
    if (element.endsWith("._children")) return this.#children(element.slice(0, -"._children".length));
    if (element.endsWith("._count")) return this.#count(element.slice(0, -"._count".length));
    if (element === "cmi._version") return "3.4";
    const rule = this.#rule(element);
    if (!rule) return this.#fail(NOT_IMPLEMENTED);
    if (!rule.access.includes("r")) return this.#fail(WRITE_ONLY);
    if (!this.values.has(element) && hasIndex(element)) {
      return this.#known(element) ? rule.default ?? "" : this.#fail(INVALID_ARGUMENT);
    }
    return this.values.get(element) ?? rule.default ?? "";
  }

  /** LMSSetValue (RTE 1.2, 3.3.2.3): "true", or "false" and an error code. @param {string} element @param {string} value */
  set(element, value) {
    this.error = NO_ERROR;
    if (KEYWORDS.test(element)) return this.#refuse(KEYWORD);
    const rule = this.#rule(element);
    if (!rule) return this.#refuse(NOT_IMPLEMENTED);
    if (!rule.access.includes("w")) return this.#refuse(READ_ONLY);
    if (!this.#inOrder(element)) return this.#refuse(INVALID_ARGUMENT);
    if (!fits({ ...this.table.types[rule.type], ...rule }, value)) return this.#refuse(WRONG_TYPE);
    this.values.set(element, value);
    return "true";
  }

  #rule(element) {
    return this.table.elements[element.replace(/\.(0|[1-9][0-9]{0,4})(?=\.)/g, ".n")];
  }

  /** An index may be one that is there, or the next (RTE 1.2, 3.4.2). */
  #inOrder(element) {
    for (const { collection, index } of indices(element)) {
      if (index > this.#length(collection)) return false;
    }
    return true;
  }

  #known(element) {
    return [...indices(element)].every(({ collection, index }) => index < this.#length(collection));
  }

  #length(collection) {
    let length = 0;
    for (const name of this.values.keys()) {
      if (!name.startsWith(`${collection}.`)) continue;
      const index = Number.parseInt(name.slice(collection.length + 1), 10);
      if (index >= length) length = index + 1;
    }
    return length;
  }

  #count(collection) {
    const pattern = `${collection.replace(/\.(0|[1-9][0-9]{0,4})(?=\.)/g, ".n")}.n.`;
    if (!Object.keys(this.table.elements).some((name) => name.startsWith(pattern))) return this.#fail(NO_ARRAY);
    return String(this.#length(collection));
  }

  #children(parent) {
    const pattern = `${parent.replace(/\.(0|[1-9][0-9]{0,4})(?=\.|$)/g, ".n")}.`;
    const names = Object.keys(this.table.elements)
      .map((name) => (name.startsWith(`${pattern}n.`) ? name.replace(`${pattern}n.`, pattern) : name))
      .filter((name) => name.startsWith(pattern))
      .map((name) => name.slice(pattern.length).split(".")[0]);
    return names.length ? [...new Set(names)].join(",") : this.#fail(NO_CHILDREN);
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
  if ([...value].length > (rule.most ?? 4096) || value.includes("\0")) return false;
  if (rule.values && !rule.values.includes(value)) return false;
  if (rule.pattern && !new RegExp(`^(?:${rule.pattern})$`).test(value)) return false;
  if (rule.range && value) return rule.range[0] <= Number(value) && Number(value) <= rule.range[1];
  return true;
}

function hasIndex(element) {
  return /\.[0-9]+\./.test(element);
}

function* indices(element) {
  const parts = element.split(".");
  for (const [place, part] of parts.entries()) {
    if (/^(0|[1-9][0-9]{0,4})$/.test(part)) yield { collection: parts.slice(0, place).join("."), index: Number(part) };
  }
}
