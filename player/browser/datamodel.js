/**
 * The data model of SCORM, driven by the table of its edition (schemas/scorm/*.json). The twin of player/cmi/model.py.
 * Answers are synchronous and from memory; no call makes a request.
 */

import { general, places } from "./element.js";
import { compile, fault } from "./value.js";

const NO_ERROR = "0";
const KEYWORD = /\.(_children|_count|_version)$/;

/** Names that lessons use again and again are taken apart once. */
const REMEMBERED = 20000;
const LONGEST_REMEMBERED = 250;

const DIAGNOSTIC = 250;

/** @typedef {{rule: any, lists: {collection: string, index: number}[], record: string}} Place */

export class DataModel {
  #faults;
  #bounds;
  #rules;
  #categories;
  /** @type {Set<string>} what stands above others, by the table's name */
  #above = new Set();
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** @type {Map<string, number>} how many entries each collection has */
  #counts = new Map();
  #access;
  #size = 0;

  /**
   * @param {any} table
   * @param {Record<string, string>} values what stands at Initialize (visit.js)
   * @param {Record<string, string>} [access] elements of which this launch has another access than the table: "", "r", "w", "rw"
   */
  constructor(table, values, access = {}) {
    this.#faults = table.faults;
    this.#bounds = table.bounds;
    this.#rules = compile(table);
    this.#access = new Map(Object.entries(access));
    for (const name of this.#rules.keys()) {
      for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) this.#above.add(name.slice(0, dot));
    }
    this.#categories = new Map(table.categories.map((name) => [name, childrenOf(this.#rules, name)]));
    this.errors = new Map(Object.entries(table.errors));
    this.values = new Map(Object.entries(values));
    for (const [element, value] of this.values) this.#grow(element, element.length + value.length);
    this.#succeed();
  }

  /** The value, or "" and an error code. @param {string} element */
  get(element) {
    if (element.endsWith("._children")) return this.#children(element.slice(0, -"._children".length));
    if (element.endsWith("._count")) return this.#count(element.slice(0, -"._count".length));
    const place = this.#place(element);
    if (!place) return this.#fail(element ? "unknown" : "nothing to get", element);
    if (!place.rule.access.includes("r")) return this.#fail("write only", element);
    if (!this.#reaches(place.lists, 0)) return this.#fail("not there", element);
    if (!(this.#access.get(element) ?? "r").includes("r")) return this.#fail("write only", element);
    const value = this.#value(element, place.rule);
    if (value === undefined && "unset" in this.#faults) return this.#fail("unset", element);
    this.#succeed();
    return value ?? "";
  }

  /** "true", or "false" and an error code; a value that is refused changes nothing. @param {string} element @param {string} value */
  set(element, value) {
    const found = this.#refusal(element, value);
    if (found) {
      this.#fail(found, element);
      return "false";
    }
    const before = this.values.get(element);
    this.values.set(element, value);
    this.#grow(element, before === undefined ? element.length + value.length : value.length - before.length);
    this.#succeed();
    return "true";
  }

  #refusal(element, value) {
    if (KEYWORD.test(element)) return "keyword";
    const place = this.#place(element);
    if (!place) return element ? "unknown" : "nothing to set";
    const { rule, lists, record } = place;
    if (!rule.access.includes("w")) return "read only";
    if (!this.#reaches(lists, rule.given ? 0 : 1)) return "beyond";
    if (!(this.#access.get(element) ?? "w").includes("w")) return "read only";
    if (rule.needs?.some((name) => !this.values.has(`${record}.${name}`))) return "needs";
    const sort = rule.kind === "answer" || rule.kind === "pattern" ? this.values.get(`${record}.type`) : undefined;
    const format = rule.kind === "pattern" ? rule.shared.answers.get(sort) : undefined;
    if (format && lists.at(-1).index >= (format.patterns ?? Infinity)) return "one pattern";
    return fault(rule, value, sort) || this.#conflict(place, element, value, format) || this.#overflow(element, value);
  }

  /** What the entries of a list forbid each other. */
  #conflict({ rule, lists }, element, value, format) {
    const before = this.values.get(element);
    if (before === value) return "";
    if (rule.once && before !== undefined) return "once";
    if (!rule.unique && !format?.distinct) return "";
    const { collection, index } = lists.at(-1);
    const last = element.slice(element.lastIndexOf("."));
    for (let other = 0; other < (this.#counts.get(collection) ?? 0); other += 1) {
      if (other !== index && this.values.get(`${collection}.${other}${last}`) === value) return "twice";
    }
    return "";
  }

  #overflow(element, value) {
    const before = this.values.get(element);
    if (before === undefined && this.values.size >= this.#bounds.elements) return "full";
    const growth = before === undefined ? element.length + value.length : value.length - before.length;
    return growth > 0 && this.#size + growth > this.#bounds.characters ? "full" : "";
  }

  /** What is read: as it was said, as it follows from what was said, or as the table has it. */
  #value(element, rule) {
    const judged = rule.judged && verdict(rule.judged, (name) => this.values.get(name));
    const value = judged ?? this.values.get(element) ?? rule.default;
    return value === "" && rule.blank ? undefined : value;
  }

  /** An entry of a list is one that is there; one that is set may be the next. */
  #reaches(lists, beyond) {
    return lists.every(({ collection, index }) => index < (this.#counts.get(collection) ?? 0) + beyond);
  }

  #grow(element, size) {
    this.#size += size;
    for (const { collection, index } of this.#place(element)?.lists ?? []) {
      if (index >= (this.#counts.get(collection) ?? 0)) this.#counts.set(collection, index + 1);
    }
  }

  #count(collection) {
    const name = general(collection);
    if (!this.#above.has(`${name}.n`)) return this.#fail(this.#known(name) ? "no count" : "unknown", collection);
    if (!this.#reaches(places(collection), 0)) return this.#fail("not there", collection);
    this.#succeed();
    return String(this.#counts.get(collection) ?? 0);
  }

  #children(category) {
    const name = general(category);
    const children = this.#categories.get(name);
    if (!children) return this.#fail(this.#known(name) ? "no children" : "unknown", category);
    this.#succeed();
    return children;
  }

  #known(name) {
    return this.#rules.has(name) || this.#above.has(name);
  }

  /** @returns {Place | undefined} where an element lies, if the table has it */
  #place(element) {
    const remembered = this.#places.get(element);
    if (remembered) return remembered;
    const rule = this.#rules.get(general(element));
    if (!rule) return undefined;
    const lists = places(element);
    const place = { rule, lists, record: lists.length ? `${lists[0].collection}.${lists[0].index}` : "" };
    if (this.#places.size >= REMEMBERED) this.#places.clear();
    if (element.length <= LONGEST_REMEMBERED) this.#places.set(element, place);
    return place;
  }

  #succeed() {
    this.error = NO_ERROR;
    this.diagnostic = "";
  }

  #fail(name, element) {
    const { code, words } = this.#faults[name];
    this.error = code;
    this.diagnostic = `${element}: ${words}`.slice(-DIAGNOSTIC);
    return "";
  }
}

/** What a threshold and a measure make of a status; undefined where there is no threshold (RTE 2004, 4.2.4 and 4.2.22). */
export function verdict({ by, least, reached, missed, open }, read) {
  if (!read(least)) return undefined;
  if (!read(by)) return open;
  return Number(read(by)) >= Number(read(least)) ? reached : missed;
}

function childrenOf(rules, category) {
  const names = new Set();
  for (const name of rules.keys()) {
    for (const start of [`${category}.n.`, `${category}.`]) {
      if (name.startsWith(start)) names.add(name.slice(start.length).split(".", 1)[0]);
    }
  }
  names.delete("n");
  return [...names].join(",");
}
