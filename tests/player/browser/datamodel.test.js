/** The browser's data model: each element takes what fits it, and refuses what does not. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { DataModel } from "../../../player/browser/datamodel.js";
import { defaults, table, vectors } from "./vectors.js";

const TAKEN = ["true", "0"];
const REFUSED = ["false", "405"];

function set(element, value) {
  const model = new DataModel(table, defaults);
  return [model.set(element, value), model.error];
}

for (const { elements, fit, refused } of vectors.values) {
  for (const element of elements) {
    it(element, () => {
      for (const value of fit) assert.deepEqual(set(element, value), TAKEN, JSON.stringify(value));
      for (const value of refused) assert.deepEqual(set(element, value), REFUSED, JSON.stringify(value));
    });
  }
}

for (const { elements, most, letter } of vectors.lengths) {
  for (const element of elements) {
    it(`${element}, up to ${most} characters ${letter}`, () => {
      assert.deepEqual(set(element, letter.repeat(most)), TAKEN);
      assert.deepEqual(set(element, letter.repeat(most + 1)), REFUSED);
    });
  }
}

it("a thousand interactions are counted as they come", () => {
  const model = new DataModel(table, defaults);
  for (let n = 0; n < 1000; n += 1) assert.equal(model.set(`cmi.interactions.${n}.id`, `q${n}`), "true");
  assert.equal(model.get("cmi.interactions._count"), "1000");
});
