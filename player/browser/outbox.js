/**
 * What a lesson has said and the server has not confirmed. A value leaves the outbox when its receipt is here, not when it was sent:
 * each commit carries every value that has none, so a commit that is lost costs nothing.
 */

const PAUSE = 1000;
const BETWEEN = 250;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const SILENCE = 20000;

/** Bytes that a browser takes along when a page goes: 64 KiB, less what stands around the values. */
const BEACON = 60000;

export class Outbox extends EventTarget {
  #address;
  #about;
  #token;
  #n;
  /** @type {Map<string, {value: string, n: number}>} values without a receipt, with the last commit that carried them */
  #pending = new Map();
  #begun = false;
  #finished = false;
  #finishedAt = 0;
  #closed = false;
  #sending = false;
  #leavingUntil = 0;
  #handing = false;
  #state = "";
  #timer = 0;
  #due = 0;
  #notBefore = 0;
  #wait = FIRST_WAIT;

  /** @param {{token: string, attempt: string, session: number, item: string, visit: number, n: number, address: string}} launch */
  constructor({ token, attempt, session, item, visit, n, address }) {
    super();
    this.#token = token;
    this.#about = { attempt, session, item, visit };
    this.#n = n;
    this.#address = address;
  }

  /** @param {string} element @param {string} value */
  put(element, value) {
    if (this.#closed) return;
    this.#pending.set(element, { value, n: 0 });
    if (this.#state !== "waiting" && this.#state !== "refused") this.#tell("saving");
    this.#later(PAUSE);
    if (Date.now() < this.#leavingUntil) this.#handOverSoon();
  }

  /** Send soon: the lesson asked for a commit, or has begun or ended. @param {boolean} [finished] */
  commit(finished = false) {
    this.#finished ||= finished;
    this.#later(0);
    if (Date.now() < this.#leavingUntil) this.#handOverSoon();
  }

  /** The line is back: wait no longer. */
  retry() {
    this.#notBefore = 0;
    this.#wait = FIRST_WAIT;
    if (this.#hasNews()) this.#later(0);
  }

  /** The page is going: from now on the browser gets at once what it sends after the page is gone. */
  leave() {
    this.#leavingUntil = Infinity;
    this.#handOver();
  }

  /** The page is hidden, and may go without a word. A lesson that plays on unseen sends as ever after a moment. */
  hide() {
    this.#leavingUntil = Date.now() + PAUSE;
    this.#handOver();
  }

  /** The page is there again. */
  stay() {
    this.#leavingUntil = 0;
    if (this.#hasNews()) this.#later(0);
  }

  /** A lesson says its last words when the shell has said its own: hand them over when it has finished speaking. */
  #handOverSoon() {
    if (this.#handing) return;
    this.#handing = true;
    queueMicrotask(() => {
      this.#handing = false;
      this.#handOver();
    });
  }

  #handOver() {
    if (this.#closed || !this.#hasNews()) return;
    const body = this.#body(this.#pending);
    if (bytes(body) <= BEACON && navigator.sendBeacon(this.#address, body)) return;
    // Too much to be taken along: a status must not be lost with a long text. The whole goes the ordinary way, as far as there is time.
    navigator.sendBeacon(this.#address, this.#body(this.#shortest()));
    fetch(this.#address, { method: "POST", body: this.#body(this.#pending), credentials: "omit" }).catch(() => {});
  }

  #hasNews() {
    return !this.#begun || this.#pending.size > 0 || (this.#finished && !this.#finishedAt);
  }

  #body(entries) {
    this.#n += 1;
    const values = {};
    for (const [element, entry] of entries) {
      entry.n = this.#n;
      values[element] = entry.value;
    }
    return JSON.stringify({ token: this.#token, ...this.#about, n: this.#n, values, finished: this.#finished });
  }

  /** As many values as fit, the shortest first. */
  #shortest() {
    let room = BEACON - bytes(this.#token) - 200;
    const sized = [...this.#pending].map((entry) => ({ entry, size: bytes(JSON.stringify([entry[0], entry[1].value])) }));
    sized.sort((one, other) => one.size - other.size);
    return sized.filter(({ size }) => (room -= size) >= 0).map(({ entry }) => entry);
  }

  /** Send after so many milliseconds, or when it was going to be sent anyway. */
  #later(milliseconds) {
    if (this.#closed) return;
    const due = Math.max(Date.now() + milliseconds, this.#notBefore);
    if (this.#timer && this.#due <= due && this.#due >= this.#notBefore) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#send(), due - Date.now());
  }

  async #send() {
    this.#timer = 0;
    if (this.#closed || this.#sending || !this.#hasNews()) return;
    this.#sending = true;
    this.#notBefore = Date.now() + BETWEEN;
    if (this.#state !== "waiting" && this.#state !== "refused") this.#tell("saving");
    const finished = this.#finished;
    try {
      const request = { method: "POST", body: this.#body(this.#pending), credentials: "omit", signal: AbortSignal.timeout(SILENCE) };
      await this.#take(await fetch(this.#address, request), finished);
    } catch {
      this.#backOff();
    } finally {
      this.#sending = false;
    }
    if (this.#hasNews()) this.#later(0);
  }

  /** @param {Response} reply @param {boolean} finished */
  async #take(reply, finished) {
    const ended = { 400: "refused", 401: "expired", 409: "superseded", 422: "refused" }[reply.status];
    if (ended) {
      this.#closed = ended !== "refused";
      this.#notBefore = Date.now() + LONGEST_WAIT;
      this.#tell(ended);
      return;
    }
    if (!reply.ok) throw new Error(`commit: ${reply.status}`);
    const { receipt, refused, superseded } = await reply.json();
    if (superseded) {
      this.#closed = true;
      this.#tell("superseded");
      return;
    }
    for (const [element, entry] of this.#pending) {
      if (entry.n > 0 && entry.n <= receipt) this.#pending.delete(element);
    }
    this.#begun = true;
    if (finished) this.#finishedAt = receipt;
    this.#wait = FIRST_WAIT;
    this.#tell(refused ? "refused" : this.#hasNews() ? "saving" : "saved");
    this.dispatchEvent(new CustomEvent("receipt", { detail: receipt }));
  }

  #backOff() {
    this.#tell("waiting");
    this.#notBefore = Date.now() + this.#wait;
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}

/** How many bytes a text is on the wire: a Vietnamese letter takes up to three. */
function bytes(text) {
  return new TextEncoder().encode(text).length;
}
