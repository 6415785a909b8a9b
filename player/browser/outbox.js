/**
 * What this session has said and the server has not confirmed (docs/player.md). Every word goes into the journal first; it leaves the outbox
 * when its receipt is here, not when it was sent: each commit carries every word of its visit that has none, so a commit that is lost
 * costs nothing.
 *
 * Events: "state" (one honest word, below), "receipt" (a number), "refused" (names of elements that could not be kept), "aside" (how many
 * words of earlier sessions the server will never take), "token" (a fresh one is needed; who brings it prevents the default, which is to
 * ask the learner), "contents" (what may be asked next has changed).
 *
 *   saved       a receipt covers all                     signin      the learner has to sign in again
 *   sending     it is on its way                         superseded  the lesson is open elsewhere
 *   device      in the journal; no line                  refused     the lesson sent what the server cannot read
 *   unsaved     nowhere but here: no storage, no line    closed      this attempt takes nothing any more
 *   waiting     nothing is said yet; no line
 */

import { sendLeftovers } from "./leftovers.js";
import { Tab } from "./tabs.js";
import { BEGUN, ENDED, VISIT, ask, commitOf, emptyCommit, firstOf, send, shortestOf } from "./wire.js";

const PAUSE = 1000;
const BETWEEN = 250;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
const LETTING_GO = 2000;

/** Bytes that browsers take along when a page goes: 64 KiB for all of them, less what stands around the values. */
const BEACONS = [60_000, 15_000, 3000];

/** How often the words of earlier sessions are tried where the server breaks on them, before the lesson opens without them. */
const PATIENCE = 3;

/** The lesson cannot be opened: another tab has it, or the server will not have this attempt. */
export class NotBegun extends Error {}

/** What one visit to one item says; an API calls it. */
class Visit {
  /** @type {Map<string, {said: import("./journal.js").Said, carriers: number[], handed: boolean}>} what has no receipt, and the commits it is in */
  pending = new Map();
  #say;
  #soon;

  constructor({ item, number, say, soon }) {
    this.item = item;
    this.number = number;
    this.#say = say;
    this.#soon = soon;
  }

  begin() {
    this.#say(this, VISIT, BEGUN);
    this.#soon();
  }

  /** @param {string} element @param {string} value */
  put(element, value) {
    this.#say(this, element, value);
  }

  /** Send soon: the lesson asks for it. */
  commit() {
    this.#soon();
  }

  finish() {
    this.#say(this, VISIT, ENDED);
    this.#soon();
  }
}

export class Outbox extends EventTarget {
  #attempt;
  #token;
  #journal;
  #address;
  #tab;
  #session = 0;
  #n = 0;
  /** @type {Visit[]} those that have news, the oldest first: they are sent in this order */
  #visits = [];
  #state = "";
  /** Why nothing is sent any more. */
  #over = "";
  /** Another session has the attempt: what was said is sent once more as history, and nothing new is taken. */
  #stale = false;
  #sending = false;
  #away = false;
  #kept = true;
  #tokenAsked = false;
  #signedOut = false;
  #leavingUntil = 0;
  #handing = false;
  #timer = 0;
  #due = 0;
  #notBefore = 0;
  #wait = FIRST_WAIT;
  #wakes = new Set();
  /** What comes next is asked with the last words of a visit. @type {{visit: Visit, navigate: object, answer: (next: object | null) => void} | null} */
  #asking = null;

  /** @param {{attempt: string, token: string, journal: import("./journal.js").Journal, address?: string}} launch */
  constructor({ attempt, token, journal, address = "" }) {
    super();
    this.#attempt = attempt;
    this.#token = token;
    this.#journal = journal;
    this.#address = address;
    this.#tab = new Tab(attempt, () => this.#letGo());
  }

  /**
   * Send what earlier sessions have left, then begin a new one; wait for the line as long as it takes.
   * @returns {Promise<{session: number, item: string | null, tracks: object}>}
   */
  async begin() {
    this.#tell();
    if (!this.#session) await this.#tab.take();
    for (let trial = 1; !this.#over; trial += 1) {
      const answer = await this.#tryToBegin(trial);
      if (answer.meaning === "done" && Number.isSafeInteger(answer.session)) {
        this.#session = answer.session;
        this.#comeBack();
        this.#tell();
        return answer;
      }
      if (answer.meaning === "token") this.#askForToken();
      else if (answer.meaning === "refused" || answer.meaning === "closed") this.#end("closed");
      else this.#backOff();
      if (!this.#over) await this.#pause(Math.max(0, this.#notBefore - Date.now()) || LONGEST_WAIT);
    }
    throw new NotBegun(this.#over);
  }

  /** Open a visit, for an API to call. @param {string} item @param {number} number from 1 in this session */
  visit(item, number) {
    return new Visit({ item, number, say: (...words) => this.#say(...words), soon: () => this.#soon() });
  }

  /**
   * Ask what comes next, with the last words of a visit; wait as long as it takes. Asked again after the same answer it is the same request.
   * @param {Visit} visit @param {{after: number, request: string, target: string}} navigate
   * @returns {Promise<import("./sequence.js").Next | null>} nothing where this session may no longer ask
   */
  navigate(visit, navigate) {
    this.#asking?.answer(null);
    return new Promise((answer) => {
      this.#asking = { visit, navigate, answer };
      this.#notBefore = Math.min(this.#notBefore, Date.now());
      if (this.#over || this.#stale) this.#answer(null);
      else this.#later(0);
      this.#tell();
    });
  }

  /** Go on with a fresh token; null: there is none before the learner has signed in. @param {string | null} token */
  renew(token) {
    this.#tokenAsked = false;
    this.#signedOut = token === null;
    if (token !== null) {
      this.#token = token;
      this.retry();
    }
    this.#tell();
  }

  /** The line is back: wait no longer. */
  retry() {
    if (!this.#stale) this.#over = "";
    this.#notBefore = 0;
    this.#wait = FIRST_WAIT;
    this.#wake();
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

  /** The page is there again; whether what the browser was given has arrived, nobody tells. */
  stay() {
    this.#leavingUntil = 0;
    for (const { pending } of this.#visits) for (const entry of pending.values()) entry.handed = false;
    if (this.#hasNews()) this.#later(0);
  }

  /** Wait until all has a receipt: true; or the time is over: false. @param {number} milliseconds */
  async flush(milliseconds) {
    const end = Date.now() + milliseconds;
    this.retry();
    while (this.#hasNews() && !this.#over && !this.#signedOut) {
      const left = end - Date.now();
      if (left <= 0) return false;
      await this.#pause(left);
    }
    return !this.#hasNews();
  }

  /** @param {Visit} visit @param {string} element @param {string} value */
  #say(visit, element, value) {
    if (this.#stale) return;
    if (!this.#visits.includes(visit)) this.#visits = [...this.#visits, visit].sort((one, other) => one.number - other.number);
    const { item, number } = visit;
    const said = { attempt: this.#attempt, session: this.#session, visit: number, item, element, value, at: Date.now(), n: this.#n };
    visit.pending.delete(element); // said anew, it comes after what was said before
    visit.pending.set(element, { said, carriers: [], handed: false });
    this.#journal.put(said);
    if (this.#away) this.#learnWhetherKept();
    this.#tell();
    this.#later(PAUSE);
    this.#handOverSoon();
  }

  #soon() {
    if (this.#hasNews()) this.#later(0);
    this.#handOverSoon();
  }

  /** A lesson says its last words when the shell has said its own: hand them over when it has finished speaking. */
  #handOverSoon() {
    if (this.#handing || Date.now() >= this.#leavingUntil) return;
    this.#handing = true;
    queueMicrotask(() => {
      this.#handing = false;
      this.#handOver();
    });
  }

  /** Give the browser what it has not been given yet: it sends it when the page is gone. */
  #handOver() {
    if (!this.#mayWrite()) return;
    for (const visit of this.#visits) this.#handOverOf(visit);
    // What is too long to be taken along goes the ordinary way, as far as there is time; the journal has it too.
    if (this.#visits.some((visit) => leftOf(visit).length)) this.#send();
  }

  #handOverOf(visit) {
    for (const room of BEACONS) {
      const taken = shortestOf(leftOf(visit), room);
      if (!taken.length) return;
      if (!navigator.sendBeacon(`${this.#address}/commit`, JSON.stringify(this.#commit(visit, taken)))) continue;
      for (const { element } of taken) visit.pending.get(element).handed = true;
      return;
    }
  }

  /** @param {Visit} visit @param {import("./journal.js").Said[]} said */
  #commit(visit, said) {
    this.#n += 1;
    for (const { element } of said) visit.pending.get(element).carriers.push(this.#n);
    return commitOf(this.#token, this.#n, said);
  }

  /** Of a visit that has said all it had to say. */
  #wordless({ item, number }) {
    this.#n += 1;
    return emptyCommit(this.#token, this.#n, { attempt: this.#attempt, session: this.#session, item, visit: number });
  }

  #hasNews() {
    return this.#visits.length > 0 || this.#asking !== null;
  }

  #answer(next) {
    this.#asking?.answer(next);
    this.#asking = null;
  }

  #mayWrite() {
    return this.#hasNews() && !this.#tokenAsked && !this.#signedOut && !this.#over;
  }

  /** Send after so many milliseconds, or when it was going to be sent anyway. */
  #later(milliseconds) {
    const due = Math.max(Date.now() + milliseconds, this.#notBefore);
    if (this.#timer && this.#due <= due && this.#due >= this.#notBefore) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#send(), Math.max(0, due - Date.now()));
  }

  async #send() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#sending || !this.#mayWrite()) return;
    this.#sending = true;
    this.#notBefore = Date.now() + BETWEEN;
    this.#tell();
    const visit = this.#visits[0] ?? this.#asking.visit;
    const pending = [...visit.pending.values()].map((entry) => entry.said);
    const taken = firstOf(pending);
    const commit = taken.length ? this.#commit(visit, taken) : this.#wordless(visit);
    const asking = this.#visits.length <= 1 && taken.length === pending.length && visit === this.#asking?.visit ? this.#asking : null;
    if (asking) Object.assign(commit, { navigate: asking.navigate });
    this.#take(visit, commit, await send(this.#address, commit), asking);
    this.#sending = false;
    this.#tell();
    if (this.#mayWrite()) this.#later(0);
    this.#wake();
  }

  #take(visit, { n }, answer, asking) {
    switch (answer.meaning) {
      case "done":
        this.#comeBack();
        this.#receipt(visit, answer);
        if (asking && asking === this.#asking) this.#answer(answer.next ?? null);
        else if (answer.contents && !this.#asking) this.dispatchEvent(new CustomEvent("contents", { detail: answer.contents }));
        break;
      case "renumber":
        this.#n = Math.max(n, this.#n, answer.last);
        this.#notBefore = 0;
        break;
      case "token":
        this.#askForToken();
        break;
      case "refused":
      case "closed":
        this.#end(answer.meaning);
        break;
      default:
        this.#backOff();
    }
  }

  #receipt(visit, { receipt, refused, superseded }) {
    for (const [element, { said, carriers }] of visit.pending) {
      if (!carriers.includes(receipt)) continue;
      visit.pending.delete(element);
      this.#journal.drop(said);
    }
    this.#visits = this.#visits.filter(({ pending }) => pending.size);
    this.#stale ||= superseded === true;
    this.dispatchEvent(new CustomEvent("receipt", { detail: receipt }));
    if (Array.isArray(refused) && refused.length) this.dispatchEvent(new CustomEvent("refused", { detail: refused }));
  }

  async #tryToBegin(trial) {
    const way = { token: this.#token, attempt: this.#attempt };
    const left = await sendLeftovers({ ...way, journal: this.#journal, address: this.#address });
    if (left.aside) this.dispatchEvent(new CustomEvent("aside", { detail: left.aside }));
    if (left.meaning !== "done" && !(left.meaning === "broken" && trial > PATIENCE)) return left;
    return ask(`${this.#address}/begin`, way);
  }

  /** Another tab of this browser takes the attempt over: send what there is, then let go. */
  async #letGo() {
    if (!this.#session || this.#stale) return; // two that begin at once are told apart by the server
    await this.flush(LETTING_GO);
    this.#stale = true;
    this.#end("superseded"); // what could not be sent is the other tab's to send
  }

  #comeBack() {
    this.#away = false;
    this.#wait = FIRST_WAIT;
  }

  #backOff() {
    this.#away = true;
    this.#notBefore = Date.now() + this.#wait;
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    this.#learnWhetherKept();
  }

  #askForToken() {
    if (this.#tokenAsked || this.#signedOut) return;
    this.#tokenAsked = true;
    if (this.dispatchEvent(new Event("token", { cancelable: true }))) this.renew(null);
  }

  #end(word) {
    this.#over = word;
    this.#answer(null);
    this.#tell();
    this.#wake();
  }

  /** Wait until something has happened, or for so long. */
  #pause(milliseconds) {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#wakes.add(wake);
    });
  }

  #wake() {
    for (const wake of this.#wakes) wake();
  }

  #tell() {
    const state = this.#word();
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }

  #word() {
    if (this.#over) return this.#over;
    if (this.#stale) return "superseded";
    if (this.#signedOut) return "signin";
    if (!this.#session) return this.#away ? "waiting" : "sending";
    if (!this.#hasNews()) return "saved";
    if (!this.#away) return "sending";
    return this.#kept ? "device" : "unsaved";
  }

  /** "On this device" is said when it is. */
  async #learnWhetherKept() {
    this.#kept = await this.#journal.settled();
    this.#tell();
  }
}

/** What of a visit the browser has not been given to take along. */
function leftOf({ pending }) {
  return [...pending.values()].filter(({ handed }) => !handed).map(({ said }) => said);
}
