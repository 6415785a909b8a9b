/** What is said of a seal. Pure but for the signature: a text, the keys and a day in; an answer out. */

import { digitsIn, readSeal, unhex } from "./seal.js";
import { verify } from "./signature.js";

export const GENUINE = "genuine";
export const EXPIRED = "expired";
export const FORGED = "forged";
export const UNKNOWN = "unknown";
export const UNREADABLE = "unreadable";

/** Judge what was scanned, typed or pasted. */
export async function judge(text, keys, today) {
  const seal = readSeal(digitsIn(text));
  if (!seal) return { answer: UNREADABLE };
  const known = keys.filter((key) => key.key === seal.key);
  if (!known.length) return { answer: UNKNOWN };
  for (const key of known) {
    const right = await verify(unhex(key.public), seal.signed, seal.signature);
    if (right && mayHaveSigned(key, seal.issued)) {
      return { answer: seal.until && today > seal.until ? EXPIRED : GENUINE, seal, key };
    }
  }
  return { answer: FORGED };
}

/** Tell whether a key can have signed for a day: not once it was retired, and a withdrawn one never. Papers may be older than the first key. */
function mayHaveSigned(key, day) {
  return !key.withdrawn && (key.until === null || day <= key.until);
}
