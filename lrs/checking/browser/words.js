/** The words in a seal, and nothing that could show them as others (lrs/seals/words.py). */

const HASH = 8;
const CUT = 0x80;
const LENGTH = 0x7f;
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Read words and tell where they end; null for any but the one writing. */
export function readWords(body, at, most) {
  if (at >= body.length) return null;
  const start = at + 1;
  const size = body[at] & LENGTH;
  const cut = (body[at] & CUT) !== 0;
  const end = start + size;
  if (end > body.length || size > most || (cut && size < HASH)) return null;
  const text = decoded(body.subarray(cut ? start + HASH : start, end));
  if (text === null || !isClean(text)) return null;
  return { text, cut, end };
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isClean(text) {
  return !UNSEEN.test(text) && text.normalize("NFC") === text && !/^ | $| {2}/.test(text);
}
