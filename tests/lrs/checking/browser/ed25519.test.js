/** Ed25519 by the vectors of RFC 8032, 7.1, and by OpenSSL's. */

import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { it } from "node:test";

import { verifyHere } from "../../../../lrs/checking/browser/ed25519.js";

const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const P = 2n ** 255n - 19n;
const HEAD = Buffer.from("302a300506032b6570032100", "hex");
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const little = (number) => Uint8Array.from({ length: 32 }, (_, place) => Number((number >> BigInt(8 * place)) & 255n));

/** What OpenSSL says. */
function theirs(key, message, signature) {
  const known = createPublicKey({ key: Buffer.concat([HEAD, key]), format: "der", type: "spki" });
  return verify(null, message, known, signature);
}

const RFC = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
];

for (const [key, message, signature] of RFC) {
  it(`accepts the vector of ${key.slice(0, 8)}`, () => {
    assert.equal(verifyHere(bytes(key), bytes(message), bytes(signature)), true);
  });
}

it("says what OpenSSL says of signatures that were changed anywhere", () => {
  for (let round = 0; round < 40; round++) {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const key = publicKey.export({ format: "der", type: "spki" }).subarray(HEAD.length);
    const message = randomBytes(round * 5);
    const signature = sign(null, message, privateKey);
    assert.equal(verifyHere(key, message, signature), true);
    const changed = Buffer.from(signature);
    changed[round % 64] ^= 1 << round % 8;
    assert.equal(verifyHere(key, message, changed), theirs(key, message, changed));
    assert.equal(verifyHere(key, Buffer.concat([message, Buffer.from([0])]), signature), false);
  }
});

it("refuses another writing of a signature, of a point or of nothing", () => {
  const [key, message, signature] = RFC[1].map(bytes);
  const s = signature.subarray(32).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const again = Uint8Array.from([...signature.subarray(0, 32), ...little(s + L)]);
  for (const [k, sig] of [
    [key, again],
    [key, signature.subarray(1)],
    [key.subarray(1), signature],
    [little(P + 1n), signature],
    [little(2n), signature],
    [little((1n << 255n) | 1n), signature],
    [key, new Uint8Array(64)],
  ]) {
    assert.equal(verifyHere(k, message, sig), false);
  }
});
