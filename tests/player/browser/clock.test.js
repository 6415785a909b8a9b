import assert from "node:assert/strict";
import { afterEach, beforeEach, it, mock } from "node:test";

import { Clock, limitOf, millisecondsOf } from "../../../player/browser/clock.js";

const MINUTE = 60_000;

const SPANS = [
  ["0002:30:00", 150 * MINUTE],
  ["00:00:01.5", 1500],
  ["9999:59:59.99", 9999 * 60 * MINUTE + 59 * MINUTE + 59_990],
  ["PT2H30M", 150 * MINUTE],
  ["PT0.5S", 500],
  ["P1DT1S", 86_401_000],
  ["PT0S", 0],
  ["soon", 0],
  ["", 0],
  [undefined, 0],
];
for (const [span, milliseconds] of SPANS) {
  it(`reads ${span}`, () => {
    assert.equal(millisecondsOf(span), milliseconds);
  });
}

const LIMITS = [
  ["1.2", { "cmi.student_data.max_time_allowed": "0000:10:00" }, { allowed: 10 * MINUTE, exits: false, tells: false }],
  ["1.2", { "cmi.student_data.max_time_allowed": "0000:10:00", "cmi.student_data.time_limit_action": "exit,message" }, { allowed: 10 * MINUTE, exits: true, tells: true }],
  ["3rd", { "cmi.max_time_allowed": "PT10M", "cmi.time_limit_action": "exit,no message" }, { allowed: 10 * MINUTE, exits: true, tells: false }],
  ["4th", { "cmi.max_time_allowed": "PT10M", "cmi.time_limit_action": "continue,message" }, { allowed: 10 * MINUTE, exits: false, tells: true }],
  ["1.2", { "cmi.student_data.time_limit_action": "exit,message" }, null],
  ["4th", {}, null],
];
for (const [edition, given, limit] of LIMITS) {
  it(`finds the limit of ${edition} in ${JSON.stringify(given)}`, () => {
    assert.deepEqual(limitOf(given, edition), limit);
  });
}

beforeEach(() => mock.timers.enable({ apis: ["setInterval", "Date"] }));
afterEach(() => mock.timers.reset());

function heard(clock) {
  const said = [];
  clock.addEventListener("warning", ({ detail }) => said.push(detail));
  clock.addEventListener("over", () => said.push("over"));
  return said;
}

it("warns ten, five and one minute before the end, and tells the end once", () => {
  const clock = new Clock();
  const said = heard(clock);
  clock.start(12 * MINUTE);
  for (const [minutes, soFar] of [[1, []], [1, [10]], [5, [10, 5]], [4, [10, 5, 1]], [1, [10, 5, 1, "over"]], [5, [10, 5, 1, "over"]]]) {
    mock.timers.tick(minutes * MINUTE);
    assert.deepEqual(said, soFar);
  }
});

it("does not warn of what has hardly begun", () => {
  const clock = new Clock();
  const said = heard(clock);
  clock.start(5 * MINUTE);
  mock.timers.tick(5 * MINUTE);
  assert.deepEqual(said, [1, "over"]);
});

it("is over at once where no time is left", () => {
  const clock = new Clock();
  const said = heard(clock);
  clock.start(-3 * MINUTE);
  mock.timers.tick(1);
  assert.deepEqual(said, ["over"]);
});

it("says nothing of an item that is open no more", () => {
  const clock = new Clock();
  const said = heard(clock);
  clock.start(5 * MINUTE);
  clock.stop();
  mock.timers.tick(10 * MINUTE);
  assert.deepEqual(said, []);
});
