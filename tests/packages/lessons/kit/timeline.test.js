/** When what is in a film. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { Timeline, inFigures, inWords } from "../../../../packages/lessons/kit/timeline.js";

const SCENES = [["a", 4], ["b", 6.5], ["c", 5], ["d", 2]].map(([id, seconds]) => ({ id, seconds, says: id }));
const LATER = { id: "later", after: "c" };
const SOONER = { id: "sooner", after: "a" };
const time = new Timeline(SCENES, [LATER, SOONER]);
const answered = (...done) => (question) => done.includes(question);

it("scenes follow one another", () => {
  assert.deepEqual(time.scenes.map(({ start, end }) => [start, end]), [[0, 4], [4, 10.5], [10.5, 15.5], [15.5, 17.5]]);
  assert.deepEqual([time.total, time.startOf("c")], [17.5, 10.5]);
});

it("the first question that waits is in the way", () => {
  assert.equal(time.stopBefore(3.9, answered()), null);
  assert.deepEqual(time.stopBefore(17, answered()), { at: 4, question: SOONER });
  assert.deepEqual(time.stopBefore(17, answered(SOONER)), { at: 15.5, question: LATER });
  assert.equal(time.stopBefore(17, answered(SOONER, LATER)), null);
});

it("a film is read in parts, from question to question", () => {
  const said = (moment, ...done) => {
    const { number, start, scenes, question, last } = time.partAt(moment, answered(...done));
    return [number, start, scenes.map((scene) => scene.id).join(""), question && question.id, last];
  };
  assert.deepEqual(said(0), [1, 0, "a", "sooner", false]);
  assert.deepEqual(said(4, SOONER), [2, 4, "bc", "later", false]);
  assert.deepEqual(said(17.5), [1, 0, "a", "sooner", false]);
  assert.deepEqual(said(15.5, SOONER, LATER), [3, 15.5, "d", null, true]);
  assert.deepEqual(said(17.5, SOONER, LATER), [3, 15.5, "d", null, true]);
});

it("moments are told to whoever hears or sees them", () => {
  assert.deepEqual([9.9, 80, 605].map(inFigures), ["0:09", "1:20", "10:05"]);
  assert.deepEqual([9.9, 80].map(inWords), ["9 giây", "1 phút 20 giây"]);
});
