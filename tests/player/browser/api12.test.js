/** SCORM 1.2's API, by the vectors: each call's answer and error code. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { Api12 } from "../../../player/browser/api12.js";
import { DataModel } from "../../../player/browser/datamodel.js";
import { Notes, tableOf, vectors } from "./vectors.js";

for (const run of vectors("1.2").runs) {
  it(`${run.name} (RTE 1.2, ${run.section})`, () => {
    const api = new Api12(new DataModel(tableOf("1.2"), run.values ?? {}), new Notes());
    for (const [name, words, expected, error] of run.calls) {
      const said = `${name}(${words.join(", ")})`;
      assert.equal(api[name](...words), expected, said);
      assert.equal(api.LMSGetLastError(), error, said);
    }
  });
}

it("ends a session once, however often a lesson says so", () => {
  const notes = new Notes();
  const api = new Api12(new DataModel(tableOf("1.2"), {}), notes);
  api.LMSInitialize("");
  assert.deepEqual([api.LMSFinish(""), api.LMSFinish("")], ["true", "true"]);
  assert.deepEqual(notes.calls, [["begin"], ["finish"]]);
});
