/** SCORM 1.2's table and vectors, as the tests of the browser's modules read them; tests/player/test_datamodel.py reads the same. */

import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

export const vectors = read("../../vectors/scorm12.json");
export const table = read("../../../schemas/scorm/1.2.json");

const always = Object.entries(table.elements).filter(([name, rule]) => "default" in rule && !name.includes(".n."));

/** What a lesson reads before anybody has written anything. */
export const defaults = Object.fromEntries(always.map(([name, rule]) => [name, rule.default]));
