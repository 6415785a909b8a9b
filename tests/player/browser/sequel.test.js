/** What comes next in a course: the outbox asks for it, and gives on the answer. */

import assert from "node:assert/strict";
import { describe } from "node:test";

import { PLACE, begun, scene } from "./outboxes.js";
import { ITEM, until } from "./server.js";

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
