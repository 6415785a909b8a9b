/** Bytes as decimal digits: 7 bytes are 17 digits, and of each content there is one writing (lrs/seals/digits.py). */

const WIDTH = 17;
const BYTES = { 3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7 };

/** Read digits, in the one way in which they can have been written; null for anything else. */
export function readDigits(text) {
  if (!/^[0-9]*$/.test(text)) return null;
  const found = [];
  for (let at = 0; at < text.length; at += WIDTH) {
    const group = text.slice(at, at + WIDTH);
    const size = BYTES[group.length];
    let value = BigInt(group);
    if (!size || value >> BigInt(8 * size)) return null;
    const bytes = [];
    for (let place = 0; place < size; place++, value >>= 8n) bytes.unshift(Number(value & 255n));
    found.push(...bytes);
  }
  return Uint8Array.from(found);
}
