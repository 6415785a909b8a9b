/** A browser without Ed25519 verifies by our own module, and says the same. */

import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { it } from "node:test";

import { verify } from "../../../../lrs/checking/browser/signature.js";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }).subarray(12));
const message = Uint8Array.from([1, 2, 3]);
const right = Uint8Array.from(sign(null, message, privateKey));
const wrong = right.map((byte, place) => (place === 5 ? byte ^ 1 : byte));

async function both() {
  return [await verify(key, message, right), await verify(key, message, wrong)];
}

it("asks the browser", async () => assert.deepEqual(await both(), [true, false]));

it("does it itself where the browser cannot", async () => {
  const { subtle } = crypto;
  Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
  assert.deepEqual(await both(), [true, false]);
  Object.defineProperty(crypto, "subtle", { value: subtle, configurable: true });
});
