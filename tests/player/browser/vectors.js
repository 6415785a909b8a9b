/** The tables and vectors, as the tests of the browser's modules read them; tests/player/cmi/ reads the same. */

import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** @param {string} name */
export const vectors = (name) => read(`../../vectors/scorm/${name}.json`);

/** The table of an edition: the editions of 2004 leave out what came after them. @param {string} edition */
export function tableOf(edition) {
  if (edition === "1.2") return read("../../../schemas/scorm/1.2.json");
  const whole = read("../../../schemas/scorm/2004.json");
  const elements = Object.fromEntries(Object.entries(whole.elements).filter(([, rule]) => (rule.since ?? "2nd") <= edition));
  const categories = whole.categories.filter((name) => Object.keys(elements).some((one) => one.startsWith(`${name}.`)));
  return { ...whole, edition, elements, categories };
}

export const table = tableOf("1.2");

/** What the API hands on, written down. */
export class Notes {
  calls = [];

  begin() {
    this.calls.push(["begin"]);
  }

  put(element, value) {
    this.calls.push(["put", element, value]);
  }

  commit() {
    this.calls.push(["commit"]);
  }

  finish() {
    this.calls.push(["finish"]);
  }
}
