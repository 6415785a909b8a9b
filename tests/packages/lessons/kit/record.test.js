/** The connection: which API is found, and what is written down in the words of each edition. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Record, duration, findApi, timespan } from "../../../../packages/lessons/kit/record.js";

/** A system that keeps what it is told, in either edition. */
class System {
  values = new Map();
  said = [];

  get = (element) => {
    const collection = /^(.*)\._count$/.exec(element);
    if (collection) return [...this.values.keys()].filter((name) => name.startsWith(collection[1]) && name.endsWith(".id")).length;
    return this.values.get(element) ?? "";
  };

  set = (element, value) => {
    assert.equal(typeof value, "string", element);
    this.values.set(element, value);
    return "true";
  };

  note = (what) => () => {
    this.said.push(what);
    return true; // some systems answer with a boolean
  };

  get API() {
    const { get, set, note } = this;
    return { LMSInitialize: note("begin"), LMSFinish: note("end"), LMSGetValue: get, LMSSetValue: set, LMSCommit: note("save") };
  }

  get API_1484_11() {
    const { get, set, note } = this;
    return { Initialize: note("begin"), Terminate: note("end"), GetValue: get, SetValue: set, Commit: note("save") };
  }
}

function begun(edition) {
  const system = new System();
  const record = new Record({ [edition === "1.2" ? "API" : "API_1484_11"]: edition === "1.2" ? system.API : system.API_1484_11 }, edition);
  record.begin();
  return { record, system };
}

const ANSWER = { id: "otp", ask: "Ai hỏi mã?", response: "b", right: false, correct: ["c"], seconds: 65.2 };

describe("the API is found", () => {
  const api = new System().API;
  const far = new System().API_1484_11;

  for (const [where, win] of [
    ["in the window itself", { API: api }],
    ["around it", { parent: { parent: { API: api } } }],
    ["in the window that opened it", { opener: { API: api } }],
    ["around the window that opened it", { parent: { opener: { parent: { API: api } } } }],
  ]) {
    it(where, () => assert.equal(findApi(win, "1.2").api, api));
  }

  it("of the lesson's own edition before the other", () => {
    assert.equal(findApi({ API: api, parent: { API_1484_11: far } }, "2004").edition, "2004");
  });

  it("of the other edition where there is no other", () => {
    assert.equal(findApi({ parent: { API: api } }, "2004").edition, "1.2");
  });

  it("beyond a window of somebody else", () => {
    const closed = { get API() { throw new Error("cross-origin"); }, opener: { API: api } };
    assert.equal(findApi(closed, "1.2").api, api);
  });

  it("or nowhere, and nothing breaks", () => {
    const win = {};
    win.parent = win;
    const record = new Record(win, "1.2");

    assert.equal(record.begin(), false);
    record.keep("1", "{}", 0.5);
    record.answer(ANSWER);
    record.end();
    assert.equal(record.memory, "");
  });
});

describe("in the words of SCORM 1.2", () => {
  it("an untouched lesson is incomplete once it has begun, and one that is passed stays so", () => {
    const { record, system } = begun("1.2");
    assert.equal(system.values.get("cmi.core.lesson_status"), "incomplete");

    record.reached(true);
    record.begin();
    assert.equal(system.values.get("cmi.core.lesson_status"), "passed");
  });

  it("nobody who came to the end has failed", () => {
    const { record, system } = begun("1.2");
    record.reached(false);
    assert.equal(system.values.get("cmi.core.lesson_status"), "completed");
  });

  it("each try is an interaction of its own", () => {
    const { record, system } = begun("1.2");
    record.answer(ANSWER);
    record.answer({ ...ANSWER, response: "c", right: true });

    const told = (n, name) => system.values.get(`cmi.interactions.${n}.${name}`);
    assert.deepEqual([told(0, "student_response"), told(0, "result"), told(0, "latency")], ["b", "wrong", "0000:01:05.20"]);
    assert.deepEqual([told(1, "student_response"), told(1, "result"), told(1, "correct_responses.0.pattern")], ["c", "correct", "c"]);
    assert.equal(told(0, "description"), undefined);
  });

  it("a visit ends once, with its time, and can be gone on with", () => {
    const { record, system } = begun("1.2");
    record.end();
    record.end();

    assert.match(system.values.get("cmi.core.session_time"), /^0000:00:0\d\.\d\d$/);
    assert.equal(system.values.get("cmi.core.exit"), "suspend");
    assert.deepEqual(system.said, ["begin", "save", "end"]);
  });

  it("what passes is said out of a hundred", () => {
    const { record, system } = begun("1.2");
    assert.equal(record.mastery, null);
    system.values.set("cmi.student_data.mastery_score", "80");
    assert.equal(record.mastery, 0.8);
  });
});

describe("in the words of SCORM 2004", () => {
  it("completion, success, progress and score are told apart", () => {
    const { record, system } = begun("2004");
    record.keep("lo-chuyen", "{}", 0.9);
    record.score(2 / 3);
    record.reached(false);

    const values = Object.fromEntries(system.values);
    assert.deepEqual(values, {
      "cmi.completion_status": "completed",
      "cmi.success_status": "failed",
      "cmi.progress_measure": "0.9",
      "cmi.location": "lo-chuyen",
      "cmi.suspend_data": "{}",
      "cmi.score.scaled": "0.67",
      "cmi.score.min": "0",
      "cmi.score.max": "100",
      "cmi.score.raw": "67",
    });
  });

  it("an answer carries its question, and the moment to the second", () => {
    const { record, system } = begun("2004");
    record.answer({ ...ANSWER, ask: "Hỏi ".repeat(100) });

    const told = (name) => system.values.get(`cmi.interactions.0.${name}`);
    assert.deepEqual([told("learner_response"), told("result"), told("latency")], ["b", "incorrect", "PT65.2S"]);
    assert.match(told("timestamp"), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(told("description").startsWith("{lang=vi}Hỏi "));
    assert.ok(told("description").length <= 250);
  });

  it("what passes is said out of one", () => {
    const { record, system } = begun("2004");
    system.values.set("cmi.scaled_passing_score", "0.75");
    assert.equal(record.mastery, 0.75);
  });
});

it("seconds are written as each edition writes them", () => {
  assert.deepEqual([0, 59.999, 3661.5].map(timespan), ["0000:00:00.00", "0000:01:00.00", "0001:01:01.50"]);
  assert.deepEqual([0, 59.999, 3661.5].map(duration), ["PT0S", "PT60S", "PT3661.5S"]);
});
