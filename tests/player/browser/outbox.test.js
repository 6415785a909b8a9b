/** The outbox against a real server that answers as it is told; only the beacon, which Node has not, is ours. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Outbox } from "../../../player/browser/outbox.js";

const BROWSERS_LIMIT = 64 * 1024;
const ABOUT = { attempt: "attempt", session: 1, item: "i1", visit: 1 };

const servers = new Map();

/** A server that writes each commit down and answers with the next of its answers, at last with receipts. */
class Server {
  commits = [];
  beacons = [];
  answers = [];
  outboxes = [];

  async start() {
    this.server = createServer(async (request, response) => {
      let body = "";
      for await (const piece of request.setEncoding("utf8")) body += piece;
      const commit = JSON.parse(body);
      this.commits.push(commit);
      const answer = this.over ? { status: 409 } : (this.answers.shift() ?? {});
      await answer.until;
      response.writeHead(answer.status ?? 200, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ receipt: commit.n }));
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.address = `http://127.0.0.1:${this.server.address().port}/commit`;
    servers.set(this.address, this);
    return this;
  }

  outbox(n = 0) {
    const outbox = new Outbox({ token: "token", ...ABOUT, n, address: this.address });
    const states = [];
    outbox.addEventListener("state", (event) => states.push(event.detail));
    this.outboxes.push({ outbox, states });
    return { outbox, states };
  }

  /** End each outbox as another session would: no timer of its stays behind. */
  async stop() {
    this.over = true;
    for (const { outbox, states } of this.outboxes) {
      outbox.put("last", "");
      outbox.retry();
      await until(() => ["superseded", "expired"].includes(states.at(-1)));
    }
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function until(ready, patience = 5000) {
  const end = Date.now() + patience;
  while (!ready()) {
    assert.ok(Date.now() < end, `waited in vain for ${ready}`);
    await pause(10);
  }
}

async function begun(server, n = 0) {
  const made = server.outbox(n);
  made.outbox.commit();
  await until(() => made.states.at(-1) === "saved");
  return made;
}

before(() => {
  const sendBeacon = (address, body) => {
    const taken = Buffer.byteLength(body) <= BROWSERS_LIMIT;
    if (taken) servers.get(address).beacons.push(JSON.parse(body));
    return taken;
  };
  Object.defineProperty(globalThis, "navigator", { value: { sendBeacon }, configurable: true });
});

function scene(name, walk) {
  it(name, async () => {
    const server = await new Server().start();
    try {
      await walk(server);
    } finally {
      await server.stop();
    }
  });
}

describe("the outbox", { concurrency: true }, () => {
  scene("begins a session with a commit, and numbers on from where the server stands", async (server) => {
    await begun(server, 107);
    assert.deepEqual(server.commits, [{ token: "token", ...ABOUT, n: 108, values: {}, finished: false }]);
  });

  scene("sends a value within two seconds without being asked, and says so", async (server) => {
    const { outbox, states } = await begun(server);
    outbox.put("cmi.core.lesson_location", "7");
    assert.equal(states.at(-1), "saving");
    await until(() => states.at(-1) === "saved", 2000);
    assert.deepEqual(server.commits.at(-1).values, { "cmi.core.lesson_location": "7" });
  });

  scene("sends each value once it has a receipt no more", async (server) => {
    const { outbox, states } = await begun(server);
    outbox.put("a", "1");
    outbox.commit();
    await until(() => server.commits.length === 2 && states.at(-1) === "saved");
    outbox.put("b", "2");
    outbox.commit();
    await until(() => server.commits.length === 3);
    assert.deepEqual(server.commits.map((commit) => commit.values), [{}, { a: "1" }, { b: "2" }]);
  });

  scene("keeps what is written while a commit is on its way", async (server) => {
    const { outbox, states } = await begun(server);
    let answer;
    server.answers = [{ until: new Promise((resolve) => (answer = resolve)) }];
    outbox.put("a", "old");
    outbox.commit();
    await until(() => server.commits.length === 2);
    outbox.put("a", "new");
    answer();
    await until(() => server.commits.length === 3 && states.at(-1) === "saved");
    assert.deepEqual(server.commits.at(-1).values, { a: "new" });
  });

  scene("waits and sends again when the server is away, everything that has no receipt", async (server) => {
    const { outbox, states } = await begun(server);
    server.answers = [{ status: 503 }];
    outbox.put("a", "1");
    outbox.commit();
    await until(() => states.at(-1) === "waiting");
    outbox.put("b", "2");
    assert.equal(states.at(-1), "waiting");
    await until(() => states.at(-1) === "saved");
    assert.deepEqual(server.commits.at(-1).values, { a: "1", b: "2" });
    assert.equal(server.commits.length, 3);
  });

  scene("waits no longer when the line is back", async (server) => {
    const { outbox, states } = await begun(server);
    server.answers = [{ status: 503 }];
    outbox.put("a", "1");
    outbox.commit();
    await until(() => states.at(-1) === "waiting");
    outbox.retry();
    await until(() => states.at(-1) === "saved", 1000);
  });

  scene("makes few requests of many calls", async (server) => {
    const { outbox, states } = await begun(server);
    for (let call = 0; call < 300; call += 1) {
      outbox.put("a", String(call));
      outbox.commit();
    }
    await until(() => server.commits.at(-1).values.a === "299" && states.at(-1) === "saved");
    assert.ok(server.commits.length <= 3, `${server.commits.length} commits`);
  });

  scene("is not kept from sending by a lesson that never stops writing", async (server) => {
    const { outbox } = await begun(server);
    const end = Date.now() + 2600;
    for (let call = 0; Date.now() < end; call += 1) {
      outbox.put("a", String(call));
      await pause(100);
    }
    assert.ok(server.commits.length >= 3, `${server.commits.length} commits`);
  });

  scene("says that the session has ended until there is a receipt for it, and then no more", async (server) => {
    const { outbox, states } = await begun(server);
    server.answers = [{ status: 503 }];
    outbox.commit(true);
    await until(() => states.at(-1) === "waiting");
    outbox.retry();
    await until(() => states.at(-1) === "saved");
    outbox.commit(true);
    await pause(400);
    assert.deepEqual(server.commits.map((commit) => commit.finished), [false, true, true]);
  });

  for (const [status, word] of [[401, "expired"], [409, "superseded"]]) {
    scene(`sends nothing more after ${status}, and says: ${word}`, async (server) => {
      const { outbox, states } = await begun(server);
      server.answers = [{ status }];
      outbox.put("a", "1");
      outbox.commit();
      await until(() => states.at(-1) === word);
      outbox.put("a", "2");
      outbox.commit();
      outbox.leave();
      await pause(400);
      assert.equal(server.commits.length, 2);
      assert.equal(server.beacons.length, 0);
    });
  }
});

describe("when the page goes", { concurrency: true }, () => {
  scene("what has no receipt goes by beacon", async (server) => {
    const { outbox } = await begun(server);
    outbox.put("cmi.suspend_data", "trang 7");
    outbox.leave();
    assert.deepEqual(server.beacons, [{ token: "token", ...ABOUT, n: 2, values: { "cmi.suspend_data": "trang 7" }, finished: false }]);
  });

  scene("nothing goes that the server has", async (server) => {
    const { outbox } = await begun(server);
    outbox.leave();
    assert.deepEqual(server.beacons, []);
  });

  scene("a lesson's last words after the shell's own go in one more beacon", async (server) => {
    const { outbox } = await begun(server);
    outbox.leave();
    outbox.put("cmi.core.session_time", "00:05:00");
    outbox.put("cmi.core.exit", "suspend");
    outbox.commit(true);
    await Promise.resolve();
    assert.deepEqual(server.beacons.map((commit) => [Object.keys(commit.values), commit.finished]), [
      [["cmi.core.session_time", "cmi.core.exit"], true],
    ]);
  });

  scene("a page that is only hidden hands over for a moment, and then sends as ever", async (server) => {
    const { outbox, states } = await begun(server);
    outbox.hide();
    outbox.put("a", "1");
    await Promise.resolve();
    await pause(1050);
    outbox.put("a", "2");
    await until(() => states.at(-1) === "saved");
    assert.deepEqual(server.beacons.map((commit) => commit.values), [{ a: "1" }]);
    assert.deepEqual(server.commits.at(-1).values, { a: "2" });
  });

  scene("a status is not lost with a text that is too long for a beacon", async (server) => {
    const { outbox } = await begun(server);
    outbox.put("cmi.suspend_data", "ế".repeat(64000));
    outbox.put("cmi.core.lesson_status", "completed");
    outbox.leave();
    assert.deepEqual(server.beacons.map((commit) => commit.values), [{ "cmi.core.lesson_status": "completed" }]);
    await until(() => server.commits.length === 2);
    assert.deepEqual(Object.keys(server.commits.at(-1).values), ["cmi.suspend_data", "cmi.core.lesson_status"]);
  });

  scene("a page that comes back sends until there is a receipt", async (server) => {
    const { outbox, states } = await begun(server);
    outbox.put("a", "1");
    outbox.leave();
    outbox.stay();
    await until(() => states.at(-1) === "saved");
    assert.deepEqual(server.commits.at(-1).values, { a: "1" });
  });
});

after(() => delete globalThis.navigator);
