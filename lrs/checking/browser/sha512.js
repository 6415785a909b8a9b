/** SHA-512 (FIPS 180-4), for browsers that have it nowhere we may ask. Its constants are parts of roots of primes, and are computed. */

const BITS = 64n;
const BLOCK = 128;
const ROUNDS = 80;

const PRIMES = [];
for (let number = 2n; PRIMES.length < ROUNDS; number++) {
  if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
}

const low = (number) => BigInt.asUintN(64, number);
const turn = (word, by) => low((word >> by) | (word << (BITS - by)));

/** Find the largest whole number whose power is not above a number. */
function root(number, power) {
  let found = 0n;
  for (let bit = 1n << 70n; bit; bit >>= 1n) {
    if ((found + bit) ** power <= number) found += bit;
  }
  return found;
}

const START = PRIMES.slice(0, 8).map((prime) => low(root(prime << 128n, 2n)));
const K = PRIMES.map((prime) => low(root(prime << 192n, 3n)));

/** Hash bytes. */
export function sha512(message) {
  let state = START;
  const blocks = padded(message);
  for (let at = 0; at < blocks.byteLength; at += BLOCK) state = compressed(state, schedule(blocks, at));
  const hash = new DataView(new ArrayBuffer(64));
  state.forEach((word, place) => hash.setBigUint64(8 * place, word));
  return new Uint8Array(hash.buffer);
}

function padded(message) {
  const length = Math.ceil((message.length + 17) / BLOCK) * BLOCK;
  const whole = new Uint8Array(length);
  whole.set(message);
  whole[message.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setBigUint64(length - 8, BigInt(message.length) * 8n);
  return view;
}

function schedule(blocks, at) {
  const words = [];
  for (let t = 0; t < 16; t++) words.push(blocks.getBigUint64(at + 8 * t));
  for (let t = 16; t < ROUNDS; t++) {
    const [a, b] = [words[t - 15], words[t - 2]];
    const s0 = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n);
    const s1 = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n);
    words.push(low(words[t - 16] + s0 + words[t - 7] + s1));
  }
  return words;
}

function compressed(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < ROUNDS; t++) {
    const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
    const one = h + s1 + ((e & f) ^ (~e & g)) + K[t] + words[t];
    const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
    const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [low(one + two), a, b, c, low(d + one), e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => low(state[place] + word));
}
