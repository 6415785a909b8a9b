/** The browser's data model: what the runs of calls in the vectors do not reach. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { DataModel } from "../../../player/browser/datamodel.js";
import { tableOf } from "./vectors.js";

function small(bounds) {
  const whole = tableOf("1.2");
  return new DataModel({ ...whole, bounds: { ...whole.bounds, ...bounds } }, {});
}

it("counts a thousand interactions as they come", () => {
  const model = new DataModel(tableOf("1.2"), {});
  for (let n = 0; n < 1000; n += 1) assert.equal(model.set(`cmi.interactions.${n}.id`, `q${n}`), "true");
  assert.equal(model.get("cmi.interactions._count"), "1000");
});

it("grows to so many elements, and still changes those it has", () => {
  const model = small({ elements: 2 });
  assert.deepEqual([0, 1, 2].map((n) => model.set(`cmi.objectives.${n}.id`, "a")), ["true", "true", "false"]);
  assert.equal(model.error, "101");
  assert.equal(model.set("cmi.objectives.0.id", "b"), "true");
});

it("grows to so many characters, and takes more when there is room again", () => {
  const model = small({ characters: 1000 });
  assert.equal(model.set("cmi.suspend_data", "x".repeat(900)), "true");
  assert.equal(model.set("cmi.comments", "x".repeat(200)), "false");
  assert.match(model.diagnostic, /^cmi.comments: the lesson has written more/);
  assert.equal(model.set("cmi.suspend_data", "x"), "true");
  assert.equal(model.set("cmi.comments", "x".repeat(200)), "true");
});

it("stays small when a lesson writes ten megabytes", () => {
  const model = new DataModel(tableOf("1.2"), {});
  for (let n = 0; n < 2500; n += 1) model.set(`cmi.interactions.${n}.student_response`, "x".repeat(4096));
  assert.equal(model.error, "201");
  const written = [...model.values].reduce((sum, [element, value]) => sum + element.length + value.length, 0);
  assert.ok(written <= tableOf("1.2").bounds.characters);
});

it("remembers many names, and forgets them again", () => {
  const model = new DataModel(tableOf("1.2"), {});
  for (let n = 0; n < 50_000; n += 1) model.get(`cmi.objectives.${n}.id`);
  assert.equal(model.get("cmi.core.credit"), "credit");
});
