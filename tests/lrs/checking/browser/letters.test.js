/** Codes as they are printed; tests/lrs/checking/test_browser.py holds them against lrs/seals/letters.py. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { letters } from "../../../../lrs/checking/browser/letters.js";

it("writes ten bytes as sixteen letters", () => {
  assert.equal(letters(new Uint8Array(10)), "2".repeat(16));
  assert.equal(letters(new Uint8Array(10).fill(255)), "L".repeat(16));
  assert.equal(letters(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 33])), `${"2".repeat(14)}33`);
});
