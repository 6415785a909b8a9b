import assert from "node:assert/strict";
import { it } from "node:test";

import { Showing } from "../../../player/browser/showing.js";
import { Notes, table, tableOf } from "./vectors.js";

const item = { id: "A", title: "Bài", depth: 0, address: "a.html", role: "sco", prerequisites: "", given: { "cmi.core.student_id": "7" } };

function open(more = {}) {
  const visits = [];
  const stage = { page: "first" };
  const showing = new Showing({
    item, edition: "1.2", table, track: null,
    visits: () => visits[visits.push(new Notes()) - 1],
    page: () => stage.page,
    ...more,
  });
  const events = [];
  for (const name of ["begun", "ended", "seen"]) showing.addEventListener(name, ({ detail }) => events.push(detail ? [name, detail] : name));
  return { showing, visits, stage, events };
}

it("hands on what its page says, visit by visit", () => {
  const { showing, visits, events } = open();
  const { api } = showing;
  api.LMSInitialize("");
  api.LMSSetValue("cmi.core.lesson_location", "3");
  api.LMSCommit("");
  api.LMSFinish("");
  assert.deepEqual(visits.map(({ calls }) => calls), [[["begin"], ["put", "cmi.core.lesson_location", "3"], ["commit"], ["finish"]]]);
  assert.deepEqual(events, ["begun", "ended"]);
});

it("keeps nothing of a page that did not begin", () => {
  const { showing } = open();
  assert.equal(showing.track, null);
});

it("stands as suspended until it has ended, and as its end makes it then", () => {
  const { showing } = open();
  showing.api.LMSInitialize("");
  assert.equal(showing.track.ended, false);
  showing.api.LMSFinish("");
  assert.deepEqual([showing.track.ended, showing.track.values["cmi.core.lesson_status"]], [true, "completed"]);
});

it("goes on with what the visit before has left", () => {
  const { showing } = open({ track: { values: { "cmi.core.lesson_location": "3", "cmi.core.exit": "suspend" }, ended: true } });
  showing.api.LMSInitialize("");
  assert.deepEqual(
    ["entry", "lesson_location", "student_id"].map((name) => showing.api.LMSGetValue(`cmi.core.${name}`)), ["resume", "3", "7"]);
});

it("finds a second beginning of the same page an error, as the book says", () => {
  const { showing, visits } = open();
  showing.api.LMSInitialize("");
  assert.deepEqual([showing.api.LMSInitialize(""), showing.api.LMSGetLastError(), visits.length], ["false", "101", 1]);
});

it("lets a page that was loaded anew begin anew, with what it has left", () => {
  const { showing, visits, stage } = open();
  const { api } = showing;
  api.LMSInitialize("");
  api.LMSSetValue("cmi.core.lesson_location", "3");
  stage.page = "second";
  assert.equal(api.LMSInitialize(""), "true");
  assert.deepEqual([visits.length, api.LMSGetValue("cmi.core.lesson_location"), api.LMSGetValue("cmi.core.entry")], [2, "3", "resume"]);
});

it("lets the next page of a lesson speak without beginning anew", () => {
  const { showing, visits, stage } = open();
  showing.api.LMSInitialize("");
  stage.page = "second";
  assert.equal(showing.api.LMSSetValue("cmi.core.lesson_location", "4"), "true");
  assert.equal(visits.length, 1);
});

it("passes on where a lesson of SCORM 2004 wants to go when it ends", () => {
  const { showing, events } = open({ edition: "4th", table: tableOf("4th") });
  showing.api.Initialize("");
  showing.api.SetValue("adl.nav.request", "continue");
  showing.api.Terminate("");
  assert.deepEqual(events, ["begun", ["ended", "continue"]]);
});

it("says of a page that says nothing that it was seen", () => {
  const { showing, visits, events } = open({ item: { ...item, role: "asset" } });
  showing.seen();
  showing.seen();
  assert.equal(showing.api, null);
  assert.deepEqual([visits[0].calls, events], [[["begin"], ["finish"]], ["begun", "seen"]]);
});

for (const [edition, status] of [["1.2", "cmi.core.lesson_status"], ["4th", "cmi.completion_status"]]) {
  it(`completes a lesson of ${edition} that can say nothing`, () => {
    const { showing, visits } = open({ edition, table: tableOf(edition), item: { ...item, given: {} } });
    showing.seen(true);
    assert.deepEqual(visits[0].calls, [["begin"], ["put", status, "completed"], ["finish"]]);
    assert.equal(showing.track.values[status], "completed");
  });
}

for (const [silenceCompletes, completion] of [[true, "completed"], [false, undefined]]) {
  it(`takes silence about completion in SCORM 2004 for ${completion ?? "what it is"}`, () => {
    const { showing } = open({ edition: "4th", table: tableOf("4th"), item: { ...item, given: {}, silenceCompletes } });
    showing.api.Initialize("");
    showing.api.Terminate("");
    assert.equal(showing.track.values["cmi.completion_status"], completion);
  });
}
