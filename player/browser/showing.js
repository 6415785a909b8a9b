/**
 * One item on the stage: its data model, the API that its page finds, and what it says, visit by visit.
 *
 * @typedef {{begin(): void, put(element: string, value: string): void, commit(): void, finish(): void}} Visit
 */

import { Api12 } from "./api12.js";
import { Api2004 } from "./api2004.js";
import { DataModel } from "./datamodel.js";
import { PLAINLY, found } from "./opening.js";
import { assumed, closed } from "./visit.js";

const SPEAKS_12 = { Api: Api12, initialize: "LMSInitialize", status: "cmi.core.lesson_status" };
const SPEAKS_2004 = { Api: Api2004, initialize: "Initialize", status: "cmi.completion_status" };

const REQUEST = "adl.nav.request";
/** Requests that ask for nothing, and exits that ask for the end of all (RTE, 4.2.8). */
const NOTHING = new Set(["", "_none_"]);
const ENDINGS = new Set(["time-out", "logout"]);

export class Showing extends EventTarget {
  #table;
  #kind;
  #given;
  /** @type {import("./opening.js").Opening} */
  #opening;
  /** Whether a sequencer hears it: what its end makes of what it said is for that to say. */
  #led = false;
  #track;
  #visits;
  #page;
  #api;
  #model;
  /** @type {Visit} */
  #visit;
  #begun = false;
  #ended = false;
  #silent = false;
  #request = "";
  #home = null;

  /**
   * @param {{item: import("./course.js").Item, edition: string, table: any, track: import("./course.js").Track | null,
   *   visits: () => Visit, page: () => Document | null, opening?: import("./opening.js").Opening}} about `visits` gives a new visit, `page` what is
   *   on the stage, `opening` what the sequencer lays out
   */
  constructor({ item, edition, table, track, visits, page, opening = PLAINLY }) {
    super();
    this.item = item;
    this.#table = table;
    this.#kind = edition === "1.2" ? SPEAKS_12 : SPEAKS_2004;
    this.#given = item.given;
    this.#opening = opening;
    this.#led = opening !== PLAINLY;
    this.#track = track;
    this.#visits = visits;
    this.#page = page;
    this.#renew();
    this.api = item.role === "sco" ? this.#offer() : null;
  }

  /** What stands now; null where nothing was said ever. @returns {import("./course.js").Track | null} */
  get track() {
    if (!this.#begun) return this.#track;
    const values = Object.fromEntries(this.#model.values);
    return { values: this.#ended ? this.#closed(values) : values, ended: this.#ended };
  }

  get hasBegun() {
    return this.#begun;
  }

  get hasEnded() {
    return this.#ended;
  }

  /** The visit that is under way, or would be. */
  get visit() {
    return this.#visit;
  }

  /** What the lesson asked for when it ended; a way of leaving may ask for something too. */
  get asks() {
    const exit = this.#model.values.get("cmi.exit");
    return this.#ended && (ENDINGS.has(exit) || !NOTHING.has(this.#model.values.get(REQUEST) ?? ""));
  }

  /** What it may ask for has changed. @param {Record<string, string>} values */
  give(values) {
    this.#opening = { ...this.#opening, given: { ...this.#opening.given, ...values } };
    for (const [element, value] of Object.entries(values)) this.#model.values.set(element, value);
  }

  /** The page says nothing and can say nothing, and was seen: the shell says it. @param {boolean} [asLesson] it should have said it itself */
  seen(asLesson = false) {
    if (this.#begun) return;
    this.#silent = true;
    this.#begin();
    if (asLesson) {
      this.#model.set(this.#kind.status, "completed");
      this.#visit.put(this.#kind.status, "completed");
    }
    this.#finish();
  }

  #renew() {
    this.#track = this.track;
    this.#begun = false;
    this.#ended = false;
    this.#request = "";
    this.#visit = this.#visits();
    const about = { opening: this.#opening, kept: this.#track, given: this.#given };
    this.#model = new DataModel(this.#table, found(this.#table, about), this.#opening.access);
    this.#api = new this.#kind.Api(this.#model, {
      begin: () => this.#begin(),
      put: (element, value) => this.#put(element, value),
      commit: () => this.#visit.commit(),
      finish: () => this.#finish(),
    });
  }

  /** Silence about completion counts as completion, unless the manifest says that the lesson speaks for itself. */
  #closed(values) {
    const ended = closed(this.#table, values, this.#given);
    const { [this.#kind.status]: completion } = this.item.silenceCompletes && !this.#led ? assumed(this.#table, ended, this.#given) : {};
    return completion === undefined ? ended : { ...ended, [this.#kind.status]: completion };
  }

  /** One object for as long as the item is open. A page that was loaded anew begins anew: that is another visit, and no error. */
  #offer() {
    const api = {};
    for (const name of Object.keys(this.#api)) {
      api[name] = (...words) => {
        if (name === this.#kind.initialize && this.#begun && this.#page() !== this.#home) this.#renew();
        return this.#api[name](...words);
      };
    }
    return api;
  }

  #begin() {
    this.#begun = true;
    if (!this.#opening.taken) this.#opening = { ...this.#opening, taken: true };
    this.#home = this.#page();
    this.#visit.begin();
    this.dispatchEvent(new Event("begun"));
  }

  #put(element, value) {
    if (element === REQUEST) this.#request = value;
    this.#visit.put(element, value);
  }

  #finish() {
    this.#ended = true;
    this.#visit.finish();
    this.dispatchEvent(this.#silent ? new Event("seen") : new CustomEvent("ended", { detail: this.#request }));
  }
}
