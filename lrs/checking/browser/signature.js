/** Signatures: by the browser where it knows Ed25519, and by ourselves where it does not. */

import { verifyHere } from "./ed25519.js";

/** Tell whether a signature is right. */
export async function verify(key, message, signature) {
  try {
    const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch {
    return verifyHere(key, message, signature);
  }
}
