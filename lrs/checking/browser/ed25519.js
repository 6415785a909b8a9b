/** Ed25519 signatures, verified (RFC 8032, 5.1.7). Nothing here is secret, so nothing has to take equally long. */

import { sha512 } from "./sha512.js";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);
const BASE = point(decoded("5866666666666666666666666666666666666666666666666666666666666666"));
const NOTHING = [0n, 1n, 1n, 0n];

/** Tell whether a signature is right. */
export function verifyHere(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const a = point(key);
  const s = number(signature.subarray(32));
  if (!a || s >= L) return false;
  const k = number(sha512(Uint8Array.from([...signature.subarray(0, 32), ...key, ...message]))) % L;
  const r = encoded(combined(s, k, [mod(-a[0]), a[1], 1n, mod(-a[3])]));
  return r.every((byte, place) => byte === signature[place]);
}

function mod(value) {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base, exponent) {
  let result = 1n;
  for (let square = base; exponent; exponent >>= 1n, square = mod(square * square)) {
    if (exponent & 1n) result = mod(result * square);
  }
  return result;
}

/** 5.1.3: read a point, in coordinates X, Y, Z and T as 5.1.4 has them; null where there is none, or for another writing of one. */
function point(bytes) {
  const whole = number(bytes);
  const y = BigInt.asUintN(255, whole);
  const sign = whole >> 255n;
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT);
  if (mod(v * x * x) !== u || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

/** 5.1.4: add two points, which may be one. */
function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * mod(t1 * t2));
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

/** Compute s times the base and k times a point, together. */
function combined(s, k, other) {
  const both = sum(BASE, other);
  let found = NOTHING;
  for (let bit = 252n; bit >= 0n; bit--) {
    found = sum(found, found);
    const [first, second] = [(s >> bit) & 1n, (k >> bit) & 1n];
    if (first || second) found = sum(found, first && second ? both : first ? BASE : other);
  }
  return found;
}

/** 5.1.2: write a point. */
function encoded([x, y, z]) {
  const one = power(z, P - 2n);
  let value = mod(y * one) | ((mod(x * one) & 1n) << 255n);
  return Array.from({ length: 32 }, () => {
    const byte = Number(value & 255n);
    value >>= 8n;
    return byte;
  });
}

function number(bytes) {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function decoded(text) {
  return Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
}
