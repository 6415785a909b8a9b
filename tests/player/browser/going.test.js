/** What the outbox does when its page goes. */

import assert from "node:assert/strict";
import { describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { PLACE, begun, scene, valuesOf } from "./outboxes.js";
import { ATTEMPT, ITEM, until } from "./server.js";

describe("when the page goes", { concurrency: true }, () => {
  scene("what has no receipt goes by beacon", async (server) => {
    const { outbox, visit } = await begun(server);
    visit.put(PLACE, "7");
    outbox.leave();
    const [{ age, ...commit }] = server.beacons;
    assert.deepEqual(commit, {
      token: "token", attempt: ATTEMPT, session: 1, n: 2, item: ITEM, visit: 1, values: { [PLACE]: "7" }, finished: false,
    });
    assert.ok(age < 1000);
  });

  scene("nothing goes that the server has", async (server) => {
    const { outbox } = await begun(server);
    outbox.leave();
    assert.deepEqual(server.beacons, []);
  });

  scene("nothing goes twice that the browser was given", async (server) => {
    const { outbox, visit } = await begun(server);
    visit.put("a", "1");
    outbox.hide();
    visit.put("b", "2");
    outbox.leave();
    assert.deepEqual(valuesOf(server.beacons), [{ a: "1" }, { b: "2" }]);
  });

  scene("a lesson's last words after the shell's own go in one more beacon", async (server) => {
    const { outbox, visit } = await begun(server);
    outbox.leave();
    visit.put("cmi.core.session_time", "00:05:00");
    visit.put("cmi.core.exit", "suspend");
    visit.finish();
    await Promise.resolve();
    assert.deepEqual(server.beacons.map(({ values, finished }) => [Object.keys(values), finished]), [
      [["cmi.core.session_time", "cmi.core.exit"], true],
    ]);
  });

  scene("each visit goes in a beacon of its own", async (server) => {
    const { outbox, visit } = await begun(server);
    visit.finish();
    const next = outbox.visit("i2", 2);
    next.begin();
    outbox.leave();
    assert.deepEqual(server.beacons.map(({ item, visit: number, finished }) => [item, number, finished]), [["i1", 1, true], ["i2", 2, false]]);
  });

  scene("a page that is only hidden hands over for a moment, and then sends as ever", async (server) => {
    const { outbox, visit, state } = await begun(server);
    outbox.hide();
    visit.put("a", "1");
    await Promise.resolve();
    await pause(1050);
    visit.put("a", "2");
    await until(() => server.commits.at(-1)?.values.a === "2" && state() === "saved");
    assert.deepEqual(valuesOf(server.beacons), [{ a: "1" }]);
  });

  scene("a status is not lost with a text that is too long for a beacon", async (server) => {
    const { outbox, visit } = await begun(server);
    visit.put("cmi.suspend_data", "ế".repeat(64_000));
    visit.put("cmi.core.lesson_status", "completed");
    outbox.leave();
    assert.deepEqual(valuesOf(server.beacons), [{ "cmi.core.lesson_status": "completed" }]);
    await until(() => server.commits.length === 1);
    assert.deepEqual(Object.keys(server.commits[0].values), ["cmi.suspend_data", "cmi.core.lesson_status"]);
  });

  scene("a page that comes back sends until there is a receipt", async (server) => {
    const { outbox, visit, state } = await begun(server);
    visit.put("a", "1");
    outbox.leave();
    outbox.stay();
    await until(() => state() === "saved");
    assert.deepEqual(valuesOf(server.commits), [{ a: "1" }]);
  });
});
