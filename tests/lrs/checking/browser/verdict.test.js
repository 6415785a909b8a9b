/** What is said of a seal: the whole table of answers. */

import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { it } from "node:test";

import { hex } from "../../../../lrs/checking/browser/seal.js";
import { judge } from "../../../../lrs/checking/browser/verdict.js";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const PUBLIC = hex(publicKey.export({ format: "der", type: "spki" }).subarray(12));
const KNOWN = { key: "01020304", public: PUBLIC, space: "haiphong", name: "Hải Phòng", until: null, withdrawn: false };
const WIDTH = [0, 3, 5, 8, 10, 13, 15, 17];

function digits(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 7) {
    const group = bytes.subarray(at, at + 7);
    text += BigInt(`0x${group.toString("hex")}`).toString().padStart(WIDTH[group.length], "0");
  }
  return text;
}

function sealed(issued, until) {
  const two = (number) => [number >> 8, number & 255];
  const words = ["1/2026", "Hoà", "Kỹ năng số"].flatMap((text) => [Buffer.byteLength(text), ...Buffer.from(text)]);
  const body = Buffer.from([1, 1, 2, 3, 4, ...Array(10).fill(7), ...two(issued), ...two(until), ...words]);
  return digits(Buffer.concat([body, sign(null, Buffer.concat([Buffer.from("haidang seal\0"), body]), privateKey)]));
}

const [YESTERDAY, TODAY, TOMORROW] = [9821, 9822, 9823];
const TABLE = [
  ["genuine", sealed(TODAY, 0), [KNOWN]],
  ["genuine", sealed(TODAY, TODAY), [KNOWN]],
  ["expired", sealed(YESTERDAY, YESTERDAY), [KNOWN]],
  ["genuine", sealed(YESTERDAY, 0), [{ ...KNOWN, until: YESTERDAY }]],
  ["forged", sealed(TODAY, 0), [{ ...KNOWN, until: YESTERDAY }]],
  ["forged", sealed(TODAY, 0), [{ ...KNOWN, withdrawn: true }]],
  ["forged", sealed(TODAY, TOMORROW), [{ ...KNOWN, public: "00".repeat(32) }]],
  ["genuine", sealed(TODAY, TOMORROW), [{ ...KNOWN, public: "00".repeat(32) }, KNOWN]],
  ["unknown", sealed(TODAY, 0), [{ ...KNOWN, key: "01020305" }]],
  ["unknown", sealed(TODAY, 0), []],
  ["unreadable", "123", [KNOWN]],
];

for (const [answer, text, keys] of TABLE) {
  it(`says ${answer}`, async () => assert.equal((await judge(text, keys, TODAY)).answer, answer));
}

it("says nothing of what stands in a seal that is not genuine", async () => {
  const found = await judge(sealed(TODAY, 0), [{ ...KNOWN, withdrawn: true }], TODAY);
  assert.deepEqual(Object.keys(found), ["answer"]);
});

it("tells what stands in a genuine one, and whose it is", async () => {
  const { seal, key } = await judge(sealed(TODAY, 0), [KNOWN], TODAY);
  assert.equal(seal.name.text, "Hoà");
  assert.equal(seal.code, "2Y5JG3T92Y5JG3T9");
  assert.equal(key.space, "haiphong");
});
