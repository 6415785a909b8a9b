/** What earlier sessions have left, against a real server that answers as it is told. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { sendLeftovers } from "../../../player/browser/leftovers.js";
import { ATTEMPT, Memory, Server, left } from "./server.js";

function scene(name, walk) {
  it(name, async () => {
    const server = await new Server().start();
    const journal = new Memory();
    const keep = (...words) => left(...words).forEach((said) => journal.put(said));
    const drain = () => sendLeftovers({ journal, attempt: ATTEMPT, token: "token", address: server.address });
    try {
      await walk({ server, journal, keep, drain });
    } finally {
      server.stop();
    }
  });
}

const OTHER = "11111111-7a52-4f3c-9a39-0c7f3f6f1a11";

describe("what is left", { concurrency: true }, () => {
  scene("goes visit by visit, the oldest first, each under the session that said it", async ({ server, journal, keep, drain }) => {
    keep(2, 1, { a: "3" });
    keep(1, 2, { a: "2" });
    keep(1, 1, { a: "1", "": "ended" });
    assert.deepEqual(await drain(), { meaning: "done", aside: 0 });
    assert.deepEqual(server.commits.map(({ session, visit, values, finished }) => [session, visit, values, finished]), [
      [1, 1, { a: "1" }, true],
      [1, 2, { a: "2" }, false],
      [2, 1, { a: "3" }, false],
    ]);
    assert.deepEqual(journal.words, []);
  });

  scene("is numbered above what the session had sent by then and may still be sending", async ({ server, keep, drain }) => {
    keep(1, 1, { a: "1" }, 3);
    keep(1, 2, { a: "2" }, 7);
    keep(2, 1, { a: "3" });
    await drain();
    assert.deepEqual(server.commits.map(({ n }) => n), [108, 109, 101]);
  });

  scene("is numbered above what came meanwhile", async ({ server, journal, keep, drain }) => {
    keep(1, 1, { a: "1" }, 3);
    server.answers = [{ status: 409, body: { last: 209 } }];
    await drain();
    assert.deepEqual(server.commits.map(({ n }) => n), [104, 210]);
    assert.deepEqual(journal.words, []);
  });

  scene("tells how old it is", async ({ server, keep, drain }) => {
    keep(1, 1, { a: "1" });
    await drain();
    assert.ok(Math.abs(server.commits[0].age - (Date.now() - 1000)) < 1000);
  });

  scene("of another attempt is not sent with this one's token", async ({ server, journal, drain }) => {
    for (const said of left(1, 1, { a: "1" })) journal.put({ ...said, attempt: OTHER });
    await drain();
    assert.deepEqual(server.commits, []);
    assert.deepEqual(journal.words, [["a", "1"]]);
  });

  for (const [status, word] of [[503, "away"], [401, "token"], [500, "broken"]]) {
    scene(`stays whole after ${status}`, async ({ server, journal, keep, drain }) => {
      keep(1, 1, { a: "1" });
      server.answers = [{ status }];
      assert.deepEqual(await drain(), { meaning: word, aside: 0 });
      assert.deepEqual(journal.words, [["a", "1"]]);
      assert.equal(server.commits.length, 1);
    });
  }

  for (const status of [400, 403, 404, 413]) {
    scene(`is set aside after ${status}, and the next visit is sent`, async ({ server, journal, keep, drain }) => {
      keep(1, 1, { a: "1", b: "2" });
      keep(2, 1, { c: "3" });
      server.answers = [{ status }];
      assert.deepEqual(await drain(), { meaning: "done", aside: 2 });
      assert.deepEqual(server.commits.map(({ session }) => session), [1, 2]);
      assert.deepEqual(journal.words, [["a", "1"], ["b", "2"]]);
    });
  }

  scene("is not sent for ever when the journal does not forget", async ({ server, journal, keep, drain }) => {
    keep(1, 1, { a: "1" });
    journal.forget = async () => {};
    await drain();
    assert.equal(server.commits.length, 100);
  });
});
