/** How long a slide stays. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { Pace, readingSeconds } from "../../../../packages/lessons/kit/pace.js";

function counting(t, running) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const seen = { over: 0, told: null };
  const pace = new Pace(() => (seen.over += 1), { running });
  pace.told = (told) => (seen.told = told);
  return { pace, seen, pass: (seconds) => t.mock.timers.tick(seconds * 1000) };
}

it("more words are given more time", () => {
  assert.equal(readingSeconds(["một hai  ba", "bốn năm"]), 4 + 5 / 2.2);
});

it("the time is over once", (t) => {
  const { pace, seen, pass } = counting(t, true);
  pace.start(10);
  pass(9.8);
  assert.deepEqual([seen.over, Math.round(seen.told.share * 100)], [0, 98]);
  pass(30);
  assert.equal(seen.over, 1);
});

it("whoever holds a slide keeps it, and the ones after it", (t) => {
  const { pace, seen, pass } = counting(t, true);
  pace.start(10);
  pace.toggle();
  pass(60);
  pace.start(10);
  pass(60);
  assert.deepEqual([seen.over, seen.told.running], [0, false]);

  pace.toggle();
  pass(11);
  assert.equal(seen.over, 1);
});

it("a slide that was left is not counted any more", (t) => {
  const { pace, seen, pass } = counting(t, true);
  pace.start(10);
  pace.stop();
  pass(60);
  assert.equal(seen.over, 0);
});
