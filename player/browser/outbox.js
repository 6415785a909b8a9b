/**
 * What a lesson has said and the server has not confirmed. A value leaves the outbox when its receipt is here, not when it was sent:
 * each commit carries every value that has none, so a commit that is lost costs nothing.
 */

const PAUSE = 1000;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const BEACON_MOST = 60000;

export class Outbox extends EventTarget {
  /** @param {{token: string, session: number, address: string}} launch */
  constructor({ token, session, address }) {
    super();
    this.token = token;
    this.session = session;
    this.address = address;
    this.n = 0;
    /** @type {Map<string, {value: string, n: number}>} values without a receipt, with the last commit that carried them */
    this.pending = new Map();
    this.finished = false;
    this.finishedAt = 0;
    this.closed = false;
    this.sending = false;
    this.wait = FIRST_WAIT;
    this.timer = 0;
  }

  /** @param {string} element @param {string} value */
  put(element, value) {
    this.pending.set(element, { value, n: 0 });
    this.#tell("saving");
    this.#later(PAUSE);
  }

  /** Send soon: the lesson asked for a commit, or has begun or ended. @param {boolean} [finished] */
  commit(finished = false) {
    this.finished ||= finished;
    this.#later(0);
  }

  /** The page is going: hand what is left to the browser, which sends it after the page is gone. */
  leave() {
    if (this.closed || !this.#hasNews()) return;
    const body = this.#body();
    if (body.length < BEACON_MOST) navigator.sendBeacon(this.address, body);
    else fetch(this.address, { method: "POST", body, credentials: "omit" }).catch(() => {});
  }

  #hasNews() {
    return this.n === 0 || this.pending.size > 0 || (this.finished && !this.finishedAt);
  }

  #body() {
    this.n += 1;
    const values = {};
    for (const [element, entry] of this.pending) {
      entry.n = this.n;
      values[element] = entry.value;
    }
    return JSON.stringify({ token: this.token, session: this.session, n: this.n, values, finished: this.finished });
  }

  #later(milliseconds) {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#send(), milliseconds);
  }

  async #send() {
    if (this.closed || this.sending || !this.#hasNews()) return;
    this.sending = true;
    this.#tell("saving");
    const finished = this.finished;
    let again = LONGEST_WAIT;
    try {
      const reply = await fetch(this.address, { method: "POST", body: this.#body(), credentials: "omit" });
      again = await this.#take(reply, finished);
    } catch {
      again = this.#backOff();
    } finally {
      this.sending = false;
    }
    if (this.#hasNews()) this.#later(again);
  }

  /** @param {Response} reply @param {boolean} finished */
  async #take(reply, finished) {
    if (reply.ok) {
      const { receipt } = await reply.json();
      for (const [element, entry] of this.pending) {
        if (entry.n > 0 && entry.n <= receipt) this.pending.delete(element);
      }
      if (finished) this.finishedAt = receipt;
      this.wait = FIRST_WAIT;
      if (!this.#hasNews()) this.#tell("saved");
      return 0;
    }
    const ended = { 401: "expired", 409: "superseded", 400: "refused", 422: "refused" }[reply.status];
    if (!ended) return this.#backOff();
    this.closed = ended !== "refused";
    this.#tell(ended);
    return LONGEST_WAIT;
  }

  #backOff() {
    this.#tell("waiting");
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return this.wait;
  }

  #tell(state) {
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
