/** SCORM 1.2's API, by the vectors: each call's answer and error code. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Api12 } from "../../../player/browser/api12.js";
import { DataModel } from "../../../player/browser/datamodel.js";
import { defaults, table, vectors } from "./vectors.js";

/** What the API hands on, written down. */
class Notes {
  written = [];
  commits = [];

  put(element, value) {
    this.written.push([element, value]);
  }

  commit(finished = false) {
    this.commits.push(finished);
  }
}

function begin(values = {}) {
  const notes = new Notes();
  return { api: new Api12(new DataModel(table, { ...defaults, ...values }), notes), notes };
}

for (const run of vectors.runs) {
  it(`${run.name} (RTE 1.2, ${run.section})`, () => {
    const { api } = begin(run.values);
    for (const [name, words, expected, error] of run.calls) {
      const said = `${name}(${words.join(", ")})`;
      assert.equal(api[name](...words), expected, said);
      assert.equal(api.LMSGetLastError(), error, said);
    }
  });
}

describe("what the API hands on", () => {
  it("a value that was taken, once, as text", () => {
    const { api, notes } = begin();
    api.LMSInitialize("");
    api.LMSSetValue("cmi.core.score.raw", 80);
    api.LMSSetValue("cmi.core.score.raw", "a lot");
    api.LMSSetValue("cmi.core.lesson_location", null);
    assert.deepEqual(notes.written, [["cmi.core.score.raw", "80"], ["cmi.core.lesson_location", ""]]);
  });

  it("a commit at the beginning, when asked, and once at the end", () => {
    const { api, notes } = begin();
    api.LMSInitialize("");
    api.LMSCommit("");
    api.LMSFinish("");
    api.LMSFinish("");
    assert.deepEqual(notes.commits, [false, false, true]);
  });

  it("the same from a function that was taken off the object", () => {
    const { api } = begin();
    const { LMSInitialize, LMSGetValue } = api;
    assert.equal(LMSInitialize(""), "true");
    assert.equal(LMSGetValue("cmi.core.credit"), "credit");
  });
});
