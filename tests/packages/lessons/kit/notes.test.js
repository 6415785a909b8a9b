/** What a lesson remembers, and what the answers are worth. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { Notes } from "../../../../packages/lessons/kit/notes.js";

const option = (id, right = false) => ({ id, right });
const QUESTIONS = ["one", "two"].map((id) => ({ id, options: [option("a"), option("b", true), option("c")] }));
const [ONE, TWO] = QUESTIONS;
const [A, B, C] = ONE.options;

it("right at once is a whole point, later half of one", () => {
  const notes = new Notes("");
  notes.answer(ONE, B);
  assert.equal(notes.score(QUESTIONS), 0.5);

  notes.answer(TWO, C);
  notes.answer(TWO, A);
  assert.equal(notes.isAnswered(TWO), false);
  notes.answer(TWO, B);
  assert.equal(notes.score(QUESTIONS), 0.75);
  assert.deepEqual(notes.missed(QUESTIONS), [TWO]);
});

it("asking again can only win", () => {
  const notes = new Notes("");
  for (const choice of [A, B]) notes.answer(ONE, choice);
  notes.forget([ONE]);
  assert.deepEqual([notes.isAnswered(ONE), notes.score([ONE])], [false, 0.5]);

  for (const choice of [A, C, B]) notes.answer(ONE, choice);
  assert.equal(notes.score([ONE]), 0.5);
  notes.forget([ONE]);
  notes.answer(ONE, B);
  assert.equal(notes.score([ONE]), 1);
});

it("what is written down is read again, and is short", () => {
  const notes = new Notes("");
  for (const choice of [A, B]) notes.answer(ONE, choice);
  notes.reach("42.5", 0.333333);
  notes.done = true;

  const again = new Notes(notes.text());
  assert.deepEqual({ ...again }, { ...notes });
  assert.deepEqual(again.triesAt(ONE), ["a", "b"]);
  assert.ok(notes.text().length < 120);
});

it("going back takes nothing away", () => {
  const notes = new Notes("");
  notes.reach("b", 0.5);
  notes.reach("a", 0.1);
  assert.deepEqual([notes.at, notes.far], ["a", 0.5]);
});

for (const text of ["", "no JSON", "null", "[]", '{"v":0,"at":"old"}']) {
  it(`what is none of ours is a new beginning: ${text || "nothing"}`, () => {
    assert.deepEqual({ ...new Notes(text) }, { at: "", far: 0, tries: {}, best: {}, done: false });
  });
}
