/** A session begins when what earlier ones have left has arrived, and the server says so. */

import assert from "node:assert/strict";
import { describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { NotBegun } from "../../../player/browser/outbox.js";
import { PLACE, begun, outboxOf, scene } from "./outboxes.js";
import { ATTEMPT, Memory, left, until } from "./server.js";

describe("a session", { concurrency: true }, () => {
  scene("begins when the server says so, and gives on what it says", async (server) => {
    server.beginnings = [{ body: { session: 3, item: "i2", tracks: { i2: { values: {} } } } }];
    const { outbox } = outboxOf(server);
    const { session, item, tracks } = await outbox.begin();
    assert.deepEqual({ session, item, tracks }, { session: 3, item: "i2", tracks: { i2: { values: {} } } });
    assert.deepEqual(server.begins, [{ token: "token", attempt: ATTEMPT }]);
  });

  scene("begins when what earlier ones have left is there", async (server) => {
    const journal = new Memory();
    for (const said of left(1, 1, { [PLACE]: "7" }, 4)) journal.put(said);
    const order = [];
    server.commits.push = (...commits) => order.push("commit") && Array.prototype.push.apply(server.commits, commits);
    server.begins.push = (...begins) => order.push("begin") && Array.prototype.push.apply(server.begins, begins);
    await outboxOf(server, journal).outbox.begin();
    assert.deepEqual(order, ["commit", "begin"]);
    assert.deepEqual([server.commits[0].session, server.commits[0].n, server.commits[0].values], [1, 105, { [PLACE]: "7" }]);
    assert.deepEqual(journal.words, []);
  });

  scene("waits for the line, and begins as soon as it is back", async (server) => {
    server.beginnings = [{ status: 503 }];
    const { outbox, state } = outboxOf(server);
    const beginning = outbox.begin();
    await until(() => state() === "waiting");
    outbox.retry();
    assert.equal((await beginning).session, 2);
    assert.equal(state(), "saved");
  });

  scene("does not begin over words that have not arrived", async (server) => {
    const journal = new Memory();
    for (const said of left(1, 1, { [PLACE]: "7" })) journal.put(said);
    server.answers = Array.from({ length: 6 }, () => ({ status: 502 }));
    const { outbox, state } = outboxOf(server, journal);
    const beginning = outbox.begin();
    for (let trial = 1; trial <= 6; trial += 1) {
      await until(() => server.commits.length === trial && state() === "waiting");
      await pause(20);
      outbox.retry();
    }
    assert.equal((await beginning).session, 1);
    assert.equal(server.commits.length, 7);
  });

  scene("begins in spite of a word on which the server breaks", async (server) => {
    const journal = new Memory();
    for (const said of left(1, 1, { [PLACE]: "7" })) journal.put(said);
    server.answers = Array.from({ length: 9 }, () => ({ status: 500 }));
    const { outbox, state } = outboxOf(server, journal);
    const beginning = outbox.begin();
    for (let trial = 1; trial <= 3; trial += 1) {
      await until(() => server.commits.length === trial && state() === "waiting");
      await pause(20);
      outbox.retry();
    }
    await beginning;
    assert.deepEqual(journal.words, [[PLACE, "7"]]);
  });

  scene("asks for a token that holds, and goes on with it", async (server) => {
    server.beginnings = [{ status: 401 }];
    const { outbox, heard, state } = outboxOf(server);
    const beginning = outbox.begin();
    await until(() => state() === "signin");
    outbox.renew("fresh");
    await beginning;
    assert.deepEqual(server.begins.map(({ token }) => token), ["token", "fresh"]);
    assert.equal(heard.tokens, 1);
  });

  for (const status of [400, 403, 404]) {
    scene(`is not begun where the server answers ${status}`, async (server) => {
      server.beginnings = [{ status }];
      const { outbox, state } = outboxOf(server);
      await assert.rejects(outbox.begin(), NotBegun);
      assert.equal(state(), "closed");
    });
  }
});
