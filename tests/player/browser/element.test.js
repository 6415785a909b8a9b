/** Names of elements, by the vectors. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { general, places } from "../../../player/browser/element.js";
import { vectors } from "./vectors.js";

const names = vectors("elements");

for (const [element, name, lists] of names.elements) {
  it(`${element} is ${name || "no name"}`, () => {
    assert.equal(general(element), name);
    if (name) assert.deepEqual(places(element).map(({ collection, index }) => [collection, index]), lists);
  });
}

for (const element of names.unreachable) it(`${element} is beyond every list`, () => assert.ok(places(element)[0].index >= 2 ** 53 - 1));
