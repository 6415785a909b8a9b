/** What both APIs are: whatever a lesson hands over, there is an answer. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { Api12 } from "../../../player/browser/api12.js";
import { DataModel } from "../../../player/browser/datamodel.js";
import { Notes, tableOf } from "./vectors.js";

function begin() {
  const notes = new Notes();
  const api = new Api12(new DataModel(tableOf("1.2"), {}), notes);
  api.LMSInitialize("");
  return { api, notes };
}

it("hands on a value that was taken, as text", () => {
  const { api, notes } = begin();
  api.LMSSetValue("cmi.core.score.raw", 80);
  api.LMSSetValue("cmi.core.score.raw", "a lot");
  api.LMSSetValue("cmi.core.lesson_location", null);
  api.LMSCommit("");
  const puts = [["put", "cmi.core.score.raw", "80"], ["put", "cmi.core.lesson_location", ""]];
  assert.deepEqual(notes.calls, [["begin"], ...puts, ["commit"]]);
});

it("answers when a function was taken off the object", () => {
  const { LMSGetValue, LMSGetLastError } = begin().api;
  assert.equal(LMSGetValue("cmi.core.credit"), "credit");
  assert.equal(LMSGetLastError(), "0");
});

it("says in words what is wrong, until the next call", () => {
  const { api } = begin();
  api.LMSSetValue("cmi.core.score.raw", "101");
  assert.equal(api.LMSGetDiagnostic(""), "cmi.core.score.raw: the value is out of range");
  assert.equal(api.LMSGetDiagnostic("405"), "cmi.core.score.raw: the value is out of range");
  assert.equal(api.LMSGetDiagnostic("401"), "Not implemented error");
  api.LMSCommit("405");
  assert.equal(api.LMSGetDiagnostic(""), "Invalid argument error");
  api.LMSCommit("");
  assert.equal(api.LMSGetDiagnostic(""), "No error");
});

const hostile = [
  undefined, null, true, NaN, -0, 1n, {}, [], [[]], () => {}, Symbol("x"), new Date(NaN), Object.create(null),
  { toString: () => { throw new Error("no"); } },
  { toString: () => ({}) },
  new Proxy({}, { get: () => { throw new Error("no"); } }),
  "\0", "\ud800", "__proto__", "constructor", "cmi.__proto__", "cmi.core.exit.constructor", "a".repeat(10_000_000), ".".repeat(100_000),
  "cmi.objectives.".repeat(10_000), "{target=".repeat(10_000), `cmi.interactions.${"9".repeat(100_000)}.id`,
];

it("throws at nothing, and answers with text", () => {
  const names = Object.keys(begin().api).filter((name) => name.startsWith("LMS"));
  assert.equal(names.length, 8);
  for (const name of names) {
    const { api } = begin();
    assert.equal(typeof api[name](), "string");
    for (const one of hostile) {
      for (const other of [one, "x", undefined]) assert.equal(typeof api[name](one, other), "string");
    }
  }
});

it("is none the worse for it", () => {
  const { api } = begin();
  for (const one of hostile) {
    api.LMSSetValue(one, one);
    api.LMSSetValue("cmi.core.lesson_status", one);
  }
  assert.equal(api.LMSGetValue("cmi.core.lesson_status"), "not attempted");
  assert.equal(api.LMSSetValue("cmi.core.lesson_status", "passed"), "true");
});
