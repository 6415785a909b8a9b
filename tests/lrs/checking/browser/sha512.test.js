/** SHA-512, by OpenSSL's. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { it } from "node:test";

import { sha512 } from "../../../../lrs/checking/browser/sha512.js";

it("is what OpenSSL computes, around the ends of blocks too", () => {
  for (const length of [0, 1, 3, 111, 112, 127, 128, 129, 239, 240, 300]) {
    const message = Uint8Array.from({ length }, (_, place) => (place * 7 + length) % 256);
    assert.deepEqual(Buffer.from(sha512(message)), createHash("sha512").update(message).digest(), String(length));
  }
});
