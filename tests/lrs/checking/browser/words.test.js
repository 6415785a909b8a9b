/** Words have one writing. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { readWords } from "../../../../lrs/checking/browser/words.js";

const MOST = 24;
const bytes = (text, first = new TextEncoder().encode(text).length) => Uint8Array.from([first, ...new TextEncoder().encode(text)]);

it("reads words and tells where they end", () => {
  assert.deepEqual(readWords(bytes("Hoà"), 0, MOST), { text: "Hoà", cut: false, end: 5 });
  assert.deepEqual(readWords(Uint8Array.from([9, 9, 0]), 2, MOST), { text: "", cut: false, end: 3 });
});

it("knows words that were cut", () => {
  assert.deepEqual(readWords(bytes("12345678Hoà", 12 | 0x80), 0, MOST), { text: "Hoà", cut: true, end: 13 });
});

for (const text of [" a", "a ", "a  b", "a\u202e", "e\u0301", "a\0", "x".repeat(MOST + 1), "\u2028"]) {
  it(`refuses ${JSON.stringify(text)}`, () => assert.equal(readWords(bytes(text), 0, MOST), null));
}

it("refuses what is cut off, and what is no text", () => {
  assert.equal(readWords(bytes("Hoà", 9), 0, MOST), null);
  assert.equal(readWords(bytes("Hoà"), 7, MOST), null);
  assert.equal(readWords(Uint8Array.from([1, 0xff]), 0, MOST), null);
  assert.equal(readWords(bytes("1234567", 7 | 0x80), 0, MOST), null);
});
