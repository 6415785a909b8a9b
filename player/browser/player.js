/**
 * The player: opens the items of a course one after another, gives each the API, and takes each away so that its last words are heard.
 *
 * Events: "opened" and "closed" (an item), "begun" and "ended" (the lesson has said so; `detail` is what it asked for next), "seen" (a page that
 * says nothing was there to be seen), "document" (an item that no frame like this one shows; `detail` is its address).
 */

import { Clock, limitOf, millisecondsOf } from "./clock.js";
import { Showing } from "./showing.js";

/** Browsers show none in a sandboxed frame. */
const PDF = /\.pdf([?#]|$)/i;

export class Player extends EventTarget {
  #launch;
  #stage;
  /** @type {import("./course.js").Course} */
  #course;
  #outbox;
  #visits = 0;
  #showing = null;
  clock = new Clock();

  /** @param {{launch: any, stage: import("./stage.js").Stage}} parts */
  constructor({ launch, stage }) {
    super();
    this.#launch = launch;
    this.#stage = stage;
    stage.addEventListener("shown", () => this.item && this.item.role !== "sco" && this.#showing.seen());
    stage.addEventListener("loaded", () => this.item?.role === "sco" && isMute(stage.page) && this.#showing.seen(true));
  }

  /** Play in a session that has begun. @param {import("./course.js").Course} course @param {import("./outbox.js").Outbox} outbox */
  start(course, outbox) {
    this.#course = course;
    this.#outbox = outbox;
    this.#visits = 0;
  }

  /** What its page finds as API; nothing for a page that is no SCO. */
  get api() {
    return this.#showing?.api ?? undefined;
  }

  get item() {
    return this.#showing?.item ?? null;
  }

  get hasBegun() {
    return this.#showing?.hasBegun ?? false;
  }

  get limit() {
    return this.item && limitOf(this.item.given, this.#launch.edition);
  }

  /** @param {import("./course.js").Item} item @param {import("./opening.js").Opening} [opening] what the sequencer lays out for it */
  open(item, opening) {
    this.close();
    const { edition, table, files } = this.#launch;
    const showing = new Showing({
      item, edition, table, opening, track: this.#course.track(item.id),
      visits: () => this.#outbox.visit(item.id, (this.#visits += 1)),
      page: () => this.#stage.page,
    });
    this.#showing = showing;
    for (const what of ["begun", "seen"]) showing.addEventListener(what, () => this.#learn(what));
    showing.addEventListener("ended", ({ detail }) => this.#learn("ended", detail));
    const left = this.#timeLeft(item);
    if (left !== null) this.clock.start(left);
    this.#tell("opened");
    if (PDF.test(item.address)) this.#tell("document", files + item.address);
    else if (left === null || left > 0 || !this.limit.exits) this.#stage.open(files + item.address, item.title);
  }

  /** Take the item away. */
  close() {
    if (!this.#showing) return;
    this.clock.stop();
    this.#stage.clear();
    this.#learn("closed");
    this.#showing = null;
  }

  /** The visit that is under way; nothing where no item is open. */
  get visit() {
    return this.#showing?.visit ?? null;
  }

  /** Whether the open item has ended, and asked for what comes next. */
  get asks() {
    return this.#showing?.asks ?? false;
  }

  /** What the open item may ask for has changed. @param {Record<string, string>} values */
  give(values) {
    this.#showing?.give(values);
  }

  /** The learner has opened what the shell cannot show. */
  seen() {
    this.#showing?.seen(this.item.role === "sco");
  }

  /** Let the course know what stands of the open item. */
  note() {
    if (this.#showing?.track) this.#course.learn(this.item.id, this.#showing.track);
  }

  #timeLeft(item) {
    const limit = limitOf(item.given, this.#launch.edition);
    if (!limit) return null;
    return limit.allowed - millisecondsOf(this.#course.timeSpent(item.id));
  }

  #learn(what, detail) {
    if (!this.#showing) return;
    this.note();
    this.#tell(what, detail);
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/** Whatever could say something, or lead to what could. */
const VOICES =
  "script, iframe, frame, object, embed, form, a[href], area[href], meta[http-equiv=refresh], [onload], [onclick], [onerror]";

/** Tell whether a page can never say anything: then it is a page to look at, whatever the manifest calls it. @param {Document | null} page */
export function isMute(page) {
  return page !== null && page.contentType === "text/html" && page.querySelector(VOICES) === null;
}
