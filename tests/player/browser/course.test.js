import assert from "node:assert/strict";
import { it } from "node:test";

import { Course } from "../../../player/browser/course.js";
import { table, tableOf } from "./vectors.js";

const words = { and: " và ", or: " hoặc " };

function item(id, more = {}) {
  return { id, title: `Bài ${id}`, depth: 0, address: `${id}.html`, role: "sco", prerequisites: "", given: {}, ...more };
}

/** @param {any[]} items @param {Record<string, string>} statuses */
function course(items, statuses = {}) {
  const tracks = Object.entries(statuses).map(([id, status]) => [id, { values: { "cmi.core.lesson_status": status }, ended: true }]);
  return new Course({ items, edition: "1.2", table, words }, Object.fromEntries(tracks));
}

const STATES_12 = { passed: "passed", completed: "completed", failed: "failed", browsed: "browsed", incomplete: "begun", "not attempted": "begun" };
for (const [status, state] of Object.entries(STATES_12)) {
  it(`takes ${status} of SCORM 1.2 for ${state}`, () => {
    const [a] = [item("A")];
    assert.equal(course([a], { A: status }).state(a), state);
  });
}

const STATES_2004 = [
  ["completed", "unknown", "completed"],
  ["completed", "passed", "passed"],
  ["incomplete", "failed", "failed"],
  ["incomplete", "unknown", "begun"],
];
for (const [completion, success, state] of STATES_2004) {
  it(`takes ${completion} and ${success} of SCORM 2004 for ${state}`, () => {
    const a = item("A");
    const values = { "cmi.completion_status": completion, "cmi.success_status": success };
    const tracks = { A: { values, ended: true } };
    assert.equal(new Course({ items: [a], edition: "4th", table: tableOf("4th"), words }, tracks).state(a), state);
  });
}

it("knows an item that was never opened from a page that was seen", () => {
  const [a, b] = [item("A", { role: "asset" }), item("B", { role: "asset" })];
  const found = course([a, b], { A: "" });
  assert.deepEqual([found.state(a), found.state(b)], ["seen", "new"]);
});

it("says what an item waits for, and opens it when that is there", () => {
  const [a, b] = [item("A"), item("B", { prerequisites: "A" })];
  const found = course([a, b]);
  assert.deepEqual([found.isOpen(b), found.waitsFor(b)], [false, "“Bài A”"]);
  found.learn("A", { values: { "cmi.core.lesson_status": "completed" }, ended: true });
  assert.deepEqual([found.isOpen(b), found.waitsFor(b)], [true, ""]);
});

it("lets what a heading waits for hold for all below it, and takes a heading for done when all below it are", () => {
  const first = item("H", { address: null });
  const second = item("J", { address: null, prerequisites: "H" });
  const [a, b, c] = [item("A", { depth: 1 }), item("B", { depth: 1 }), item("C", { depth: 1 })];
  const items = [first, a, b, second, c];
  assert.equal(course(items, { A: "completed" }).waitsFor(c), "“Bài H”");
  assert.equal(course(items, { A: "completed", B: "passed" }).isOpen(c), true);
});

const [a, b, c] = [item("A"), item("B"), item("C", { prerequisites: "B" })];
const FIRST = [
  ["the first one, of a course that is new", {}, null, "A"],
  ["the one that was open last", { A: "incomplete", B: "incomplete" }, "A", "A"],
  ["the next one, when that is done", { A: "completed" }, "A", "B"],
  ["one before that is left, when the rest is done", { B: "completed", C: "completed" }, "C", "A"],
  ["none that waits for another", { A: "completed", B: "failed" }, "A", "B"],
  ["the one that was open last, when all is done", { A: "completed", B: "completed", C: "completed" }, "B", "B"],
  ["the first one, where the last is no more", {}, "Z", "A"],
];
for (const [said, statuses, last, found] of FIRST) {
  it(`opens first ${said}`, () => {
    assert.equal(course([a, b, c], statuses).first(last).id, found);
  });
}

it("knows what lies beside a lesson, headings apart", () => {
  const heading = item("H", { address: null });
  const found = course([a, heading, b]);
  assert.deepEqual([found.beside(a)?.id, found.beside(b, -1)?.id, found.beside(b), found.beside(a, -1)], ["B", "A", null, null]);
});

it("is done with when all lessons are", () => {
  assert.equal(course([a, b], { A: "completed", B: "passed" }).isDoneWith, true);
  assert.equal(course([a, b], { A: "completed", B: "failed" }).isDoneWith, false);
});

it("adds up the time of all visits", () => {
  const values = { "cmi.core.total_time": "0001:00:00.00", "cmi.core.session_time": "0000:30:00.00" };
  const found = new Course({ items: [a], edition: "1.2", table, words }, { A: { values, ended: false } });
  assert.equal(found.timeSpent("A"), "0001:30:00.00");
  assert.equal(course([a]).timeSpent("A"), "");
});

it("keeps what was done when it is opened again, until the lesson says otherwise", () => {
  const found = course([a], { A: "completed" });
  for (const [status, state] of [["incomplete", "completed"], ["failed", "failed"]]) {
    found.learn("A", { values: { "cmi.core.lesson_status": status }, ended: false });
    assert.equal(found.state(a), state);
  }
});
