/** Values: each element takes what fits it, and refuses what does not. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { general } from "../../../player/browser/element.js";
import { compile, fault } from "../../../player/browser/value.js";
import { tableOf, vectors } from "./vectors.js";

for (const [edition, name] of [["1.2", "1.2"], ["4th", "2004"]]) {
  const rules = compile(tableOf(edition));
  const { values, lengths } = vectors(name);

  for (const { elements, sort, fit, refused, beyond = [] } of values) {
    for (const element of elements) {
      it(`${edition}: ${element} ${sort ?? ""}`, () => {
        const rule = rules.get(general(element));
        for (const value of fit) assert.equal(fault(rule, value, sort), "", JSON.stringify(value));
        for (const value of refused) assert.equal(fault(rule, value, sort), "type", JSON.stringify(value));
        for (const value of beyond) assert.equal(fault(rule, value, sort), "range", JSON.stringify(value));
      });
    }
  }

  for (const { elements, most, letter } of lengths) {
    for (const element of elements) {
      it(`${edition}: ${element}, up to ${most} characters ${letter}`, () => {
        const rule = rules.get(general(element));
        assert.equal(fault(rule, letter.repeat(most)), "");
        assert.equal(fault(rule, letter.repeat(most + 1)), "type");
      });
    }
  }
}
