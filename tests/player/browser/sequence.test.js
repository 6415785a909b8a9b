import assert from "node:assert/strict";
import { it } from "node:test";

import { Sequence } from "../../../player/browser/sequence.js";

const words = { and: " và ", "why after": "sau {items}", "why later": "sau này" };

function entry(id, more = {}) {
  const unknown = { attempts: 0, completed: null, satisfied: null, measure: null, why: null };
  return { id, title: `Bài ${id}`, depth: 1, leaf: true, shown: true, choice: true, jump: false, selectable: true, ...unknown, ...more };
}

function next(entries = [], more = {}) {
  const root = entry("org", { depth: 0, leaf: false, selectable: false });
  const contents = { requests: { continue: true, suspendAll: true }, hidden: ["previous"], jumps: true, entries: [root, ...entries], ...more };
  return { revision: 3, item: "a", opens: true, resumed: false, given: { x: "1" }, access: {}, ended: false, suspended: false, exception: "", contents };
}

const STATES = [
  [{}, "new"],
  [{ attempts: 1 }, "begun"],
  [{ attempts: 1, completed: false, satisfied: false }, "failed"],
  [{ completed: true }, "completed"],
  [{ completed: true, satisfied: false }, "failed"],
  [{ completed: false, satisfied: true }, "passed"],
  [{ leaf: false, attempts: 1, satisfied: false, completed: false }, "begun"],
  [{ leaf: false, satisfied: false, completed: true }, "failed"],
];
for (const [known, state] of STATES) {
  it(`takes ${JSON.stringify(known)} for ${state}`, () => {
    assert.equal(new Sequence({ words }, next()).state(entry("a", known)), state);
  });
}

it("answers what may be asked as the last answer has it", () => {
  const sequence = new Sequence({ words }, next([entry("a"), entry("b", { choice: false, jump: true })]));
  assert.deepEqual(sequence.values, {
    "adl.nav.request_valid.continue": "true",
    "adl.nav.request_valid.previous": "false",
    "adl.nav.request_valid.choice.{target=org}": "true",
    "adl.nav.request_valid.jump.{target=org}": "false",
    "adl.nav.request_valid.choice.{target=a}": "true",
    "adl.nav.request_valid.jump.{target=a}": "false",
    "adl.nav.request_valid.choice.{target=b}": "false",
    "adl.nav.request_valid.jump.{target=b}": "true",
  });
  assert.deepEqual(sequence.opening.given, { x: "1", ...sequence.values });
});

it("says nothing of jumps in an edition without them", () => {
  const names = Object.keys(new Sequence({ words }, next([], { jumps: false })).values);
  assert.equal(names.some((name) => name.includes("jump")), false);
});

it("offers what works and is not hidden", () => {
  const sequence = new Sequence({ words }, next([], { requests: { continue: true, previous: true } }));
  assert.deepEqual(["continue", "previous", "exit"].map((name) => sequence.offers(name)), [true, false, false]);
});

it("shows what is shown, under the course and not below it", () => {
  const sequence = new Sequence({ words }, next([entry("a"), entry("b", { shown: false }), entry("c", { depth: 2 })]));
  assert.deepEqual(sequence.items.map(({ id, depth }) => [id, depth]), [["org", 0], ["a", 0], ["c", 1]]);
  assert.deepEqual(sequence.lessons.map(({ id }) => id), ["a", "c"]);
  assert.equal(sequence.isSeveral, true);
});

it("says why something is closed, by its title", () => {
  const sequence = new Sequence({ words }, next([entry("a"), entry("b")]));
  assert.equal(sequence.locked(entry("c", { why: { kind: "after", items: ["a", "b"] } })), "sau “Bài a” và “Bài b”");
  assert.equal(sequence.locked(entry("c", { why: { kind: "of tomorrow", items: [] } })), "sau này");
});

it("remembers that what was laid out is taken, until the next answer", () => {
  const sequence = new Sequence({ words }, next());
  assert.equal(sequence.opening.taken, false);
  sequence.begin();
  assert.equal(sequence.opening.taken, true);
  sequence.take(next());
  assert.equal(sequence.opening.taken, false);
});
