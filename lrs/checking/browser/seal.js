/** A seal: what a certificate says, signed. There is one way to write each, and every other is refused (lrs/seals/seal.py). */

import { readDigits } from "./digits.js";
import { letters } from "./letters.js";
import { readWords } from "./words.js";

const VERSION = 1;
const SIGNATURE = 64;
const HEAD = 19;
const MOST = { number: 24, name: 48, completed: 64 };
const MARK = new TextEncoder().encode("haidang seal\0");
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2000, 0, 1);

/** Read digits; null if it is no seal. Nothing is known of the signature yet. */
export function readSeal(text) {
  const content = readDigits(text);
  if (!content || content.length < HEAD + SIGNATURE) return null;
  const body = content.subarray(0, content.length - SIGNATURE);
  const signature = content.subarray(body.length);
  const seal = body[0] === VERSION ? readBody(body) : null;
  return seal && { ...seal, signature, signed: joined(MARK, body) };
}

function readBody(body) {
  const seal = {
    key: hex(body.subarray(1, 5)),
    code: letters(body.subarray(5, 15)),
    issued: body[15] * 256 + body[16],
    until: body[17] * 256 + body[18] || null,
  };
  let at = HEAD;
  for (const [field, most] of Object.entries(MOST)) {
    const words = readWords(body, at, most);
    if (!words) return null;
    seal[field] = { text: words.text, cut: words.cut };
    at = words.end;
  }
  return at === body.length ? seal : null;
}

/** Find the digits in what was scanned, typed or pasted: an address with digits behind its sign, or digits with anything between them. */
export function digitsIn(text) {
  return text.slice(text.indexOf("#") + 1).replace(/[\s.-]/g, "");
}

/** Tell how many days have gone by since the first day that a seal can name, where this device is. */
export function dayOf(moment) {
  return Math.floor((Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) - FIRST_DAY) / DAY);
}

/** Write a day in Vietnamese and in English. */
export function dayInWords(days) {
  const day = new Date(FIRST_DAY + days * DAY);
  const two = (number) => String(number).padStart(2, "0");
  const year = day.getUTCFullYear();
  const english = day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return { vi: `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${year}`, en: english };
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function joined(first, second) {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
