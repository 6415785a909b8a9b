/** What the tests of the browser's modules stand on: a real server that answers as it is told, and a journal that can be looked into. */

import { once } from "node:events";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

export const ATTEMPT = "0b5e6b0e-7a52-4f3c-9a39-0c7f3f6f1a11";
export const ITEM = "i1";

/** A server that writes each commit down and answers with the next of its answers, at last with receipts. */
export class Server {
  commits = [];
  begins = [];
  beacons = [];
  answers = [];
  beginnings = [];

  async start() {
    this.server = createServer(async (request, response) => {
      let body = "";
      for await (const piece of request.setEncoding("utf8")) body += piece;
      const said = JSON.parse(body);
      const begins = request.url === "/begin";
      (begins ? this.begins : this.commits).push(said);
      const answer = (begins ? this.beginnings : this.answers).shift() ?? {};
      await answer.until;
      response.writeHead(answer.status ?? 200, { "Content-Type": "application/json" });
      const usual = begins ? { session: this.begins.length, item: null, tracks: {} } : { receipt: said.n };
      response.end(answer.text ?? JSON.stringify(answer.body ?? usual));
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.address = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A journal in memory, with the database's way to order; the real one is proven in a real browser (test_journal.py). */
export class Memory {
  durable = true;
  records = new Map();

  #key = ({ attempt, session, visit, element }) => JSON.stringify([attempt, session, visit, element]);

  put(said) {
    this.records.set(this.#key(said), said);
  }

  drop(said) {
    this.records.delete(this.#key(said));
  }

  async settled() {
    return this.durable;
  }

  async waiting(attempt) {
    const visits = new Map();
    for (const said of this.records.values()) {
      if (said.attempt !== attempt || said.aside) continue;
      const name = said.session * 1000 + said.visit;
      if (!visits.has(name)) visits.set(name, { attempt, session: said.session, visit: said.visit, item: said.item, said: [] });
      visits.get(name).said.push(said);
    }
    return [...visits].sort(([one], [other]) => one - other).map(([, visit]) => visit);
  }

  async forget(receipted) {
    for (const said of receipted) if (this.records.get(this.#key(said)) === said) this.drop(said);
  }

  async setAside(refused) {
    for (const said of refused) this.put({ ...said, aside: Date.now() });
  }

  /** What is kept, as [element, value]. */
  get words() {
    return [...this.records.values()].map(({ element, value }) => [element, value]);
  }
}

/** What an earlier session said. */
export function left(session, visit, values, n = 0) {
  return Object.entries(values).map(([element, value], at) => ({
    attempt: ATTEMPT, session, visit, item: ITEM, element, value, at: 1000 * session + at, n,
  }));
}

export async function until(ready, patience = 5000) {
  const end = Date.now() + patience;
  while (!ready()) {
    assert.ok(Date.now() < end, `waited in vain for ${ready}`);
    await pause(10);
  }
}
