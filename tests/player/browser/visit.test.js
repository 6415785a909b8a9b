/** Visits, by the vectors. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { assumed, closed, opened } from "../../../player/browser/visit.js";
import { tableOf, vectors } from "./vectors.js";

const visits = vectors("visits");

for (const { name, edition, section, kept, given, opened: expected } of visits.opened) {
  it(`${edition}: ${name} (${section})`, () => assert.deepEqual(opened(tableOf(edition), kept, given), expected));
}

for (const { name, edition, section, values, given, found } of visits.closed) {
  it(`${edition}: ${name} (${section})`, () => assert.deepEqual(closed(tableOf(edition), values, given), { ...values, ...found }));
}

for (const { name, edition, section, values, given, assumed: expected } of visits.assumed) {
  it(`${edition}: ${name} (${section})`, () => assert.deepEqual(assumed(tableOf(edition), values, given), expected));
}
