/** How commits are written, cut and weighed; what answers mean is seen through the outbox. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { bytesOf, commitOf, firstOf, shortestOf } from "../../../player/browser/wire.js";
import { left } from "./server.js";

const said = (values) => left(1, 1, values);
const names = (some) => some.map(({ element }) => element);

describe("a commit", () => {
  it("holds what was said, and the end of the visit apart from it", () => {
    const { values, finished } = commitOf("token", 1, said({ a: "1", "": "ended" }));
    assert.deepEqual([values, finished], [{ a: "1" }, true]);
  });

  it("is no older than the clock, whatever was done to that", () => {
    assert.equal(commitOf("token", 1, said({ a: "1" }).map((one) => ({ ...one, at: Date.now() + 1e6 }))).age, 0);
  });

  it("takes an element of any name", () => {
    assert.deepEqual(Object.keys(commitOf("token", 1, [...said({ a: "1" }), { ...said({ a: "2" })[0], element: "__proto__" }]).values), ["a", "__proto__"]);
  });
});

describe("as many as fit", () => {
  for (const [most, taken] of [[100, ["a", "b", "c"]], [25, ["a", "b"]], [1, ["a"]]]) {
    it(`in ${most} bytes, in their order: ${taken}`, () => {
      assert.deepEqual(names(firstOf(said({ a: "11", b: "22", c: "33" }), most)), taken);
    });
  }

  it("rather the short than the long, in their order", () => {
    assert.deepEqual(names(shortestOf(said({ a: "ế".repeat(100), b: "22", c: "3" }), 40)), ["b", "c"]);
  });
});

describe("bytes", () => {
  for (const [text, bytes] of [["abc", 3], ["ế", 3], ['"', 2], ["\n", 2], ["\u0001", 6]]) {
    it(`${JSON.stringify(text)} takes ${bytes}`, () => assert.equal(bytesOf(text), bytes));
  }
});
