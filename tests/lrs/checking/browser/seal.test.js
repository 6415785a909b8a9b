/** What is scanned, typed or pasted; days. Seals themselves come from lrs/seals/, in tests/lrs/checking/test_browser.py. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { dayInWords, dayOf, digitsIn, hex, readSeal, unhex } from "../../../../lrs/checking/browser/seal.js";

for (const text of ["123456", " 123 456\n", "#123456", "HTTPS://APP.EXAMPLE.ORG/v/#123456", "https://app.example.org/v/#123-456"]) {
  it(`finds the digits in ${JSON.stringify(text)}`, () => assert.equal(digitsIn(text), "123456"));
}

it("reads nothing into nonsense", () => {
  for (const text of ["", "1", "0".repeat(400), "abc", "1".repeat(100_000)]) assert.equal(readSeal(text), null);
});

it("counts days where the device is", () => {
  assert.equal(dayOf(new Date(2000, 0, 1, 23, 59)), 0);
  assert.equal(dayOf(new Date(2026, 10, 22)), 9822);
});

it("writes days in two languages", () => {
  assert.deepEqual(dayInWords(9822), { vi: "22/11/2026", en: "22 November 2026" });
});

it("writes bytes there and back", () => {
  assert.deepEqual([...unhex(hex(Uint8Array.from([0, 15, 255])))], [0, 15, 255]);
  assert.deepEqual([...unhex("")], []);
});
