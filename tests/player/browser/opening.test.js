import assert from "node:assert/strict";
import { it } from "node:test";

import { PLAINLY, found } from "../../../player/browser/opening.js";
import { tableOf } from "./vectors.js";

const table = tableOf("4th");
const given = { "cmi.launch_data": "x" };
const kept = { values: { "cmi.location": "3", "cmi.completion_status": "completed", "cmi.objectives.0.id": "o", "cmi.objectives.0.score.scaled": "0.1" }, ended: true };

function opening(more = {}) {
  return { resumed: false, given: { "cmi.objectives.0.id": "o", "cmi.objectives.0.score.scaled": "0.9" }, access: {}, taken: false, ...more };
}

it("finds nothing of what was said where the sequencer begins anew", () => {
  const values = found(table, { opening: opening(), kept: { ...kept, ended: false }, given });
  assert.equal(values["cmi.location"], undefined);
  assert.deepEqual([values["cmi.entry"], values["cmi.launch_data"], values["cmi.objectives.0.score.scaled"]], ["ab-initio", "x", "0.9"]);
});

it("goes on where the sequencer says so, with what objectives know by now", () => {
  const values = found(table, { opening: opening({ resumed: true }), kept, given });
  assert.deepEqual([values["cmi.entry"], values["cmi.location"], values["cmi.objectives.0.score.scaled"]], ["resume", "3", "0.9"]);
});

it("lets a page that is loaded anew find what it has left", () => {
  const taken = opening({ taken: true });
  assert.equal(found(table, { opening: taken, kept, given })["cmi.location"], undefined);
  assert.equal(found(table, { opening: taken, kept: { ...kept, ended: false }, given })["cmi.location"], "3");
});

it("changes nothing in a course without a sequencer", () => {
  assert.equal(found(table, { opening: PLAINLY, kept: { ...kept, ended: false }, given })["cmi.location"], "3");
});
