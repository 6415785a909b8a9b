/** The outbox against a real server that answers as it is told; only the beacon, which Node has not, is ours. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { NotBegun, Outbox } from "../../../player/browser/outbox.js";
import { ATTEMPT, ITEM, Memory, Server, left, until } from "./server.js";

const BROWSERS_LIMIT = 64 * 1024;
const PLACE = "cmi.core.lesson_location";

const servers = new Map();

async function serve() {
  const server = await new Server().start();
  server.outboxes = [];
  servers.set(server.address, server);
  return server;
}

function outboxOf(server, journal = new Memory()) {
  const outbox = new Outbox({ attempt: ATTEMPT, token: "token", journal, address: server.address });
  server.outboxes.push(outbox);
  const heard = { states: [], receipts: [], refused: [], aside: [], tokens: 0 };
  outbox.addEventListener("state", ({ detail }) => heard.states.push(detail));
  outbox.addEventListener("receipt", ({ detail }) => heard.receipts.push(detail));
  outbox.addEventListener("refused", ({ detail }) => heard.refused.push(detail));
  outbox.addEventListener("aside", ({ detail }) => heard.aside.push(detail));
  outbox.addEventListener("token", () => (heard.tokens += 1));
  return { outbox, heard, journal, state: () => heard.states.at(-1) };
}

/** An outbox that has begun, with a visit of whose beginning the server knows. */
async function begun(server, journal) {
  const made = outboxOf(server, journal);
  await made.outbox.begin();
  made.visit = made.outbox.visit(ITEM, 1);
  made.visit.begin();
  await until(() => made.state() === "saved");
  server.commits.length = 0;
  return made;
}

before(() => {
  // Its channels and locks are another file's matter (tabs.test.js), and would keep this process alive.
  delete globalThis.BroadcastChannel;
  const sendBeacon = (address, body) => {
    const taken = Buffer.byteLength(body) <= BROWSERS_LIMIT;
    if (taken) servers.get(address.replace("/commit", "")).beacons.push(JSON.parse(body));
    return taken;
  };
  Object.defineProperty(globalThis, "navigator", { value: { sendBeacon }, configurable: true });
});

function scene(name, walk) {
  it(name, async () => {
    const server = await serve();
    try {
      await walk(server);
    } finally {
      for (const outbox of server.outboxes) outbox.renew(null); // it tries no more: no timer stays behind
      server.stop();
    }
  });
}

const valuesOf = (commits) => commits.map(({ values }) => values);

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

const CONTINUE = { after: 4, request: "continue", target: "" };

describe("what comes next", { concurrency: true }, () => {
  scene("is asked with the last words of the visit, and comes with their receipt", async (server) => {
    const { outbox, visit } = await begun(server);
    visit.put(PLACE, "3");
    visit.finish();
    server.answers = [{ body: { receipt: 2, next: { revision: 5 } } }];
    assert.deepEqual(await outbox.navigate(visit, CONTINUE), { revision: 5 });
    assert.equal(server.commits.length, 1);
    const [{ navigate, values, finished }] = server.commits;
    assert.deepEqual({ navigate, values, finished }, { navigate: CONTINUE, values: { [PLACE]: "3" }, finished: true });
  });

  scene("is asked without a word where all is saved", async (server) => {
    const { outbox, visit, state } = await begun(server);
    server.answers = [{ body: { receipt: 2, next: { revision: 5 } } }];
    assert.deepEqual(await outbox.navigate(visit, CONTINUE), { revision: 5 });
    assert.deepEqual([server.commits[0].values, server.commits[0].item, state()], [{}, ITEM, "saved"]);
  });

  scene("is asked again, as the same request, when the answer was lost", async (server) => {
    const { outbox, visit, state } = await begun(server);
    server.answers = [{ status: 502 }];
    const asking = outbox.navigate(visit, CONTINUE);
    await until(() => state() === "device");
    server.answers = [{ body: { receipt: 3, next: { revision: 5 } } }];
    outbox.retry();
    assert.deepEqual(await asking, { revision: 5 });
    assert.deepEqual(server.commits.map(({ n, navigate }) => [n, navigate]), [[2, CONTINUE], [3, CONTINUE]]);
  });

  scene("waits until all words of earlier visits are there", async (server) => {
    const { outbox, visit } = await begun(server);
    const second = outbox.visit(ITEM, 2);
    visit.put(PLACE, "1");
    second.put(PLACE, "2");
    server.answers = [{ body: { receipt: 2 } }, { body: { receipt: 3, next: { revision: 5 } } }];
    assert.deepEqual(await outbox.navigate(second, CONTINUE), { revision: 5 });
    assert.deepEqual(server.commits.map(({ visit: number, navigate }) => [number, Boolean(navigate)]), [[1, false], [2, true]]);
  });

  scene("is not told to a session that is over", async (server) => {
    const { outbox, visit } = await begun(server);
    server.answers = [{ body: { receipt: 2, superseded: true } }];
    assert.equal(await outbox.navigate(visit, CONTINUE), null);
    assert.equal(await outbox.navigate(visit, CONTINUE), null);
  });

  scene("may change with every receipt", async (server) => {
    const { outbox, visit } = await begun(server);
    const heard = [];
    outbox.addEventListener("contents", ({ detail }) => heard.push(detail));
    server.answers = [{ body: { receipt: 2, contents: { requests: {} } } }];
    visit.put(PLACE, "3");
    visit.commit();
    await until(() => heard.length);
    assert.deepEqual(heard, [{ requests: {} }]);
  });
});
