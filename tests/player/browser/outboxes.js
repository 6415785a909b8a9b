/** Outboxes for their tests, against a real server that answers as it is told; only the beacon, which Node has not, is ours. */

import { before, it } from "node:test";

import { Outbox } from "../../../player/browser/outbox.js";
import { ATTEMPT, ITEM, Memory, Server, until } from "./server.js";

export const PLACE = "cmi.core.lesson_location";

const BROWSERS_LIMIT = 64 * 1024;

const servers = new Map();

async function serve() {
  const server = await new Server().start();
  server.outboxes = [];
  servers.set(server.address, server);
  return server;
}

/** An outbox, and what it has told. */
export function outboxOf(server, journal = new Memory()) {
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
export async function begun(server, journal) {
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

/** A test with a server of its own. */
export function scene(name, walk) {
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

export const valuesOf = (commits) => commits.map(({ values }) => values);
