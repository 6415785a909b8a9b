/** Digits are bytes, written in one way; tests/lrs/checking/test_browser.py holds them against lrs/seals/digits.py. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { readDigits } from "../../../../lrs/checking/browser/digits.js";

it("reads groups and the rest", () => {
  assert.deepEqual([...readDigits("")], []);
  assert.deepEqual([...readDigits("255")], [255]);
  assert.deepEqual([...readDigits("00000000000000256000")], [0, 0, 0, 0, 0, 1, 0, 0]);
});

for (const text of ["1", "256", "12 3", "٣٣٣", "-12", "9".repeat(17), "0000", "1e2"]) {
  it(`refuses ${text}`, () => assert.equal(readDigits(text), null));
}
