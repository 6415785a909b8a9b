/** The code of a certificate's page, in the sixteen letters that are printed (lrs/seals/letters.py). */

const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ0L";
const BITS = 5n;

/** Write ten bytes as letters. */
export function letters(bytes) {
  let number = bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let found = "";
  for (let place = 0; place < 16; place++, number >>= BITS) found = LETTERS[Number(number & 31n)] + found;
  return found;
}
