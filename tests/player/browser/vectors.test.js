/** SCORM 1.2's vectors on the browser's modules; tests/player/test_datamodel.py runs the same on the server's twin. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { Api12 } from "../../../player/browser/api12.js";
import { DataModel } from "../../../player/browser/datamodel.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const vectors = read("../../vectors/scorm12.json");
const table = read("../../../schemas/scorm/1.2.json");

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
  const defaults = Object.entries(table.elements).filter(([name, rule]) => "default" in rule && !name.includes(".n."));
  const model = new DataModel(table, { ...Object.fromEntries(defaults.map(([name, rule]) => [name, rule.default])), ...values });
  const notes = new Notes();
  return { api: new Api12(model, notes), notes };
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

describe("each element takes what fits it, and refuses what does not", () => {
  const set = (element, value) => {
    const { api } = begin();
    api.LMSInitialize("");
    return [api.LMSSetValue(element, value), api.LMSGetLastError()];
  };

  for (const { elements, fit, refused } of vectors.values) {
    for (const element of elements) {
      it(element, () => {
        for (const value of fit) assert.deepEqual(set(element, value), ["true", "0"], JSON.stringify(value));
        for (const value of refused) assert.deepEqual(set(element, value), ["false", "405"], JSON.stringify(value));
      });
    }
  }

  for (const { elements, most, letter } of vectors.lengths) {
    for (const element of elements) {
      it(`${element}, up to ${most} characters ${letter}`, () => {
        assert.deepEqual(set(element, letter.repeat(most)), ["true", "0"]);
        assert.deepEqual(set(element, letter.repeat(most + 1)), ["false", "405"]);
      });
    }
  }
});

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
