/** SCORM 2004's API, by the vectors: each call's answer and error code. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { Api2004 } from "../../../player/browser/api2004.js";
import { DataModel } from "../../../player/browser/datamodel.js";
import { Notes, tableOf, vectors } from "./vectors.js";

const { edition, runs } = vectors("2004");

for (const run of runs) {
  it(`${run.name} (RTE 2004, ${run.section})`, () => {
    const api = new Api2004(new DataModel(tableOf(run.edition ?? edition), run.values ?? {}, run.access), new Notes());
    for (const [name, words, expected, error] of run.calls) {
      const said = `${name}(${words.join(", ")})`;
      assert.equal(api[name](...words), expected, said);
      assert.equal(api.GetLastError(), error, said);
    }
  });
}

it("says which interface it is", () => {
  assert.equal(new Api2004(new DataModel(tableOf("4th"), {}), new Notes()).version, "1.0");
});

it("ends a session once, and says so to whoever ends it again", () => {
  const notes = new Notes();
  const api = new Api2004(new DataModel(tableOf("4th"), {}), notes);
  api.Initialize("");
  api.SetValue("cmi.exit", "suspend");
  api.Commit("");
  assert.deepEqual([api.Terminate(""), api.Terminate("")], ["true", "false"]);
  assert.deepEqual(notes.calls, [["begin"], ["put", "cmi.exit", "suspend"], ["commit"], ["finish"]]);
});
