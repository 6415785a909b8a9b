/** The outbox against a real server that answers as it is told. */

import assert from "node:assert/strict";
import { describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { PLACE, begun, scene, valuesOf } from "./outboxes.js";
import { ATTEMPT, ITEM, Memory, until } from "./server.js";

describe("the outbox", { concurrency: true }, () => {
  scene("writes a commit as the server reads it", async (server) => {
    const { visit, state } = await begun(server);
    visit.put(PLACE, "7");
    visit.commit();
    await until(() => state() === "saved");
    const [{ age, ...commit }] = server.commits;
    assert.deepEqual(commit, {
      token: "token", attempt: ATTEMPT, session: 1, n: 2, item: ITEM, visit: 1, values: { [PLACE]: "7" }, finished: false,
    });
    assert.ok(age >= 0 && age < 1000, `${age}`);
  });

  scene("has a word in the journal before it sends it, and not after its receipt", async (server) => {
    const { visit, journal, state } = await begun(server);
    visit.put(PLACE, "7");
    assert.deepEqual(journal.words, [[PLACE, "7"]]);
    await until(() => state() === "saved");
    assert.deepEqual(journal.words, []);
  });

  scene("sends a word within two seconds without being asked, and says so", async (server) => {
    const { visit, state } = await begun(server);
    visit.put(PLACE, "7");
    assert.equal(state(), "sending");
    await until(() => state() === "saved", 2000);
    assert.deepEqual(valuesOf(server.commits), [{ [PLACE]: "7" }]);
  });

  scene("keeps what is said while a commit is on its way", async (server) => {
    const { visit, journal, state } = await begun(server);
    let answer;
    server.answers = [{ until: new Promise((resolve) => (answer = resolve)) }];
    visit.put("a", "old");
    visit.commit();
    await until(() => server.commits.length === 1);
    visit.put("a", "new");
    answer();
    await until(() => server.commits.length === 2 && state() === "saved");
    assert.deepEqual(valuesOf(server.commits), [{ a: "old" }, { a: "new" }]);
    assert.deepEqual(journal.words, []);
  });

  scene("says that it is on this device while the server is away, and sends all that has no receipt", async (server) => {
    const { visit, state } = await begun(server);
    server.answers = [{ status: 503 }];
    visit.put("a", "1");
    visit.commit();
    await until(() => state() === "device");
    visit.put("b", "2");
    assert.equal(state(), "device");
    await until(() => state() === "saved");
    assert.deepEqual(valuesOf(server.commits), [{ a: "1" }, { a: "1", b: "2" }]);
  });

  scene("says that nothing is saved where the browser keeps nothing", async (server) => {
    const journal = new Memory();
    journal.durable = false;
    const { visit, state } = await begun(server, journal);
    server.answers = [{ status: 503 }];
    visit.put("a", "1");
    visit.commit();
    await until(() => state() === "unsaved");
  });

  scene("takes no receipt from a line that answers for the server", async (server) => {
    const { visit, outbox, journal, state } = await begun(server);
    server.answers = [{ text: "<title>Wi-Fi</title>" }, { body: { receipt: 99 } }];
    visit.put("a", "1");
    visit.commit();
    await until(() => server.commits.length === 1 && state() === "device");
    outbox.retry();
    await until(() => server.commits.length === 2);
    await pause(50);
    assert.deepEqual(journal.words, [["a", "1"]]);
    outbox.retry();
    await until(() => state() === "saved");
  });

  scene("makes few requests of many calls", async (server) => {
    const { visit, state } = await begun(server);
    for (let call = 0; call < 300; call += 1) {
      visit.put("a", String(call));
      visit.commit();
    }
    await until(() => server.commits.at(-1)?.values.a === "299" && state() === "saved");
    assert.ok(server.commits.length <= 3, `${server.commits.length} commits`);
  });

  scene("is not kept from sending by a lesson that never stops speaking", async (server) => {
    const { visit } = await begun(server);
    const end = Date.now() + 2600;
    for (let call = 0; Date.now() < end; call += 1) {
      visit.put("a", String(call));
      await pause(100);
    }
    assert.ok(server.commits.length >= 2, `${server.commits.length} commits`);
  });

  scene("says that a visit has ended until there is a receipt for it, and then no more", async (server) => {
    const { outbox, visit, state } = await begun(server);
    server.answers = [{ status: 503 }];
    visit.finish();
    await until(() => state() === "device");
    outbox.retry();
    await until(() => state() === "saved");
    visit.commit();
    await pause(400);
    assert.deepEqual(server.commits.map(({ finished }) => finished), [true, true]);
  });

  scene("sends visits one after the other, and one in a commit", async (server) => {
    const { outbox, visit, state } = await begun(server);
    server.answers = [{ status: 503 }];
    visit.put("a", "1");
    visit.finish();
    const next = outbox.visit("i2", 2);
    next.begin();
    next.put("a", "2");
    visit.put("b", "late"); // a page says its last words when the next one is open
    await until(() => state() === "device");
    outbox.retry();
    await until(() => state() === "saved");
    assert.deepEqual(server.commits.slice(1).map(({ item, visit: number, values, finished }) => [item, number, values, finished]), [
      ["i1", 1, { a: "1", b: "late" }, true],
      ["i2", 2, { a: "2" }, false],
    ]);
  });

  scene("numbers above what the server has", async (server) => {
    const { visit, state } = await begun(server);
    server.answers = [{ status: 409, body: { last: 40 } }];
    visit.put("a", "1");
    visit.commit();
    await until(() => state() === "saved");
    assert.deepEqual(server.commits.map(({ n }) => n), [2, 41]);
  });

  scene("sends long texts in commits of their own, and what is short before them", async (server) => {
    const { visit, state } = await begun(server);
    const text = "ế".repeat(64_000);
    for (const name of ["a", "b", "c", "d"]) visit.put(name, text);
    visit.commit();
    await until(() => state() === "saved");
    assert.deepEqual(server.commits.map(({ values }) => Object.keys(values)), [["a", "b"], ["c", "d"]]);
  });

  scene("tells which words could not be kept", async (server) => {
    const { visit, heard, state } = await begun(server);
    server.answers = [{ body: { receipt: 2, refused: ["cmi.x"] } }];
    visit.put("cmi.x", "1");
    visit.commit();
    await until(() => state() === "saved");
    assert.deepEqual(heard.refused, [["cmi.x"]]);
  });

  scene("sends all once as history when another session has the attempt, and then no more", async (server) => {
    const { outbox, visit, journal, state } = await begun(server);
    let answer;
    server.answers = [{ body: { receipt: 2, superseded: true }, until: new Promise((resolve) => (answer = resolve)) }];
    visit.put("a", "1");
    visit.commit();
    await until(() => server.commits.length === 1);
    visit.put("b", "2");
    answer();
    await until(() => server.commits.length === 2 && journal.words.length === 0);
    assert.equal(state(), "superseded");
    visit.put("c", "3");
    visit.commit();
    outbox.leave();
    await pause(400);
    assert.deepEqual(valuesOf(server.commits), [{ a: "1" }, { b: "2" }]);
    assert.deepEqual(server.beacons, []);
  });

  scene("keeps all without a token that holds, and sends it with the next", async (server) => {
    const { outbox, visit, journal, heard, state } = await begun(server);
    outbox.addEventListener("token", (event) => event.preventDefault(), { once: true });
    server.answers = [{ status: 401 }];
    visit.put("a", "1");
    visit.commit();
    await until(() => heard.tokens === 1);
    assert.equal(state(), "sending"); // somebody is bringing one
    visit.put("b", "2");
    outbox.renew(null);
    assert.equal(state(), "signin");
    visit.commit();
    await pause(400);
    assert.equal(server.commits.length, 1);
    assert.deepEqual(journal.words, [["a", "1"], ["b", "2"]]);
    outbox.renew("fresh");
    await until(() => state() === "saved");
    assert.deepEqual([server.commits[1].token, server.commits[1].values], ["fresh", { a: "1", b: "2" }]);
  });

  for (const [status, word] of [[400, "refused"], [413, "refused"], [403, "closed"], [404, "closed"]]) {
    scene(`keeps all after ${status}, and says: ${word}`, async (server) => {
      const { visit, journal, state } = await begun(server);
      server.answers = [{ status }];
      visit.put("a", "1");
      visit.commit();
      await until(() => state() === word);
      visit.put("b", "2");
      visit.commit();
      await pause(400);
      assert.equal(server.commits.length, 1);
      assert.deepEqual(journal.words, [["a", "1"], ["b", "2"]]);
    });
  }

  scene("says when all has its receipt", async (server) => {
    const { outbox, visit } = await begun(server);
    visit.put("a", "1");
    assert.equal(await outbox.flush(2000), true);
    assert.deepEqual(valuesOf(server.commits), [{ a: "1" }]);
  });

  scene("says when the time is over before all has its receipt", async (server) => {
    const { outbox, visit } = await begun(server);
    server.answers = Array.from({ length: 5 }, () => ({ status: 503 }));
    visit.put("a", "1");
    assert.equal(await outbox.flush(300), false);
  });
});
