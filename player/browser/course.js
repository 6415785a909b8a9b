/**
 * The course as the shell has it: its items in order, where the learner stands in each, and what may open. Pure; player/course.py and
 * player/standing.py say the same of it on the server.
 *
 * @typedef {{values: Record<string, string>, ended: boolean}} Track
 * @typedef {{id: string, title: string, depth: number, address: string | null, role: string, prerequisites: string, silenceCompletes: boolean,
 *   given: Record<string, string>}} Item
 */

import { inWords, isMet, read } from "./prerequisites.js";
import { totalTime } from "./visit.js";

/** States in which an item is done. */
const DONE = new Set(["completed", "passed", "seen"]);

/** The word of AICC for each state; a script may ask for one. */
const STATUS = { new: "not attempted", begun: "incomplete", seen: "completed", completed: "completed", passed: "passed", failed: "failed", browsed: "browsed" };

const OF_12 = { passed: "passed", completed: "completed", failed: "failed", browsed: "browsed" };

export class Course {
  #edition;
  #table;
  /** @type {Map<string, Track>} */
  #tracks;
  #needed;
  /** @type {Map<string, string>} */
  #reached = new Map();
  #words;

  /** @param {{items: Item[], edition: string, table: any, words: Record<string, string>}} launch @param {Record<string, Track>} tracks */
  constructor({ items, edition, table, words }, tracks) {
    this.items = items;
    this.lessons = items.filter((item) => item.address !== null);
    this.#edition = edition;
    this.#table = table;
    this.#tracks = new Map(Object.entries(tracks));
    this.#needed = new Map(items.map((item) => [item.id, read(item.prerequisites)]));
    this.#words = words;
  }

  /** @param {string} id */
  item(id) {
    return this.items.find((item) => item.id === id) ?? null;
  }

  /** What stands from the visit before. @param {string} id @returns {Track | null} */
  track(id) {
    return this.#tracks.get(id) ?? null;
  }

  /** What was done stays done when it is opened again, whatever the new visit has said until now. @param {string} id @param {Track} track */
  learn(id, track) {
    const state = this.state(this.item(id));
    if (DONE.has(state)) this.#reached.set(id, state);
    this.#tracks.set(id, track);
  }

  /** The time of all visits to an item, as its edition writes it. @param {string} id */
  timeSpent(id) {
    const values = this.track(id)?.values;
    return values ? totalTime(this.#table, values) : "";
  }

  /** Where the learner stands in an item; a heading is done when all below it are. @param {Item} item */
  state(item) {
    if (item.address === null) return this.#below(item).every((one) => DONE.has(this.state(one))) ? "completed" : "begun";
    const track = this.track(item.id);
    if (!track) return "new";
    if (item.role !== "sco") return "seen";
    const found = this.#edition === "1.2" ? stateOf12(track.values) : stateOf2004(track.values);
    return found ?? this.#reached.get(item.id) ?? "begun";
  }

  /** @param {Item} item */
  isDone(item) {
    return DONE.has(this.state(item));
  }

  get isDoneWith() {
    return this.lessons.every((item) => this.isDone(item));
  }

  /** Tell whether an item may open: what it waits for is there, and what the headings above it wait for. @param {Item} item */
  isOpen(item) {
    return this.#waiting(item).length === 0;
  }

  /** Say that an item opens later, and after what. @param {Item} item */
  locked(item) {
    return this.#words.locked.replace("{items}", this.waitsFor(item));
  }

  /** Say what an item waits for. @param {Item} item */
  waitsFor(item) {
    const title = (id) => this.item(id)?.title ?? id;
    return this.#waiting(item).map((term) => inWords(term, this.#standing, { title, words: this.#words })).join(this.#words.and);
  }

  /** The item that opens first: the one that was open last, unless that is done and another one waits. @param {string | null} last */
  first(last) {
    const before = this.lessons.find((item) => item.id === last);
    if (before && !this.isDone(before)) return before;
    const left = this.lessons.filter((item) => this.isOpen(item) && !this.isDone(item));
    const after = left.find((item) => this.lessons.indexOf(item) > this.lessons.indexOf(before ?? item));
    return after ?? left[0] ?? before ?? this.lessons[0];
  }

  /** The lesson after this one, or before it (-1). @param {Item} item @param {number} step */
  beside(item, step = 1) {
    return this.lessons[this.lessons.indexOf(item) + step] ?? null;
  }

  #waiting(item) {
    return [item, ...this.#above(item)]
      .map(({ id }) => this.#needed.get(id))
      .filter((term) => !isMet(term, this.#standing));
  }

  #standing = (id) => {
    const item = this.item(id);
    return item && { done: this.isDone(item), status: STATUS[this.state(item)] };
  };

  #above(item) {
    const found = [];
    let depth = item.depth;
    for (const one of this.items.slice(0, this.items.indexOf(item)).reverse()) {
      if (one.depth >= depth) continue;
      found.push(one);
      depth = one.depth;
    }
    return found;
  }

  #below(item) {
    const after = this.items.slice(this.items.indexOf(item) + 1);
    const end = after.findIndex((one) => one.depth <= item.depth);
    return (end < 0 ? after : after.slice(0, end)).filter((one) => one.address !== null);
  }
}

function stateOf12(values) {
  return OF_12[values["cmi.core.lesson_status"]];
}

function stateOf2004(values) {
  const { "cmi.completion_status": completion, "cmi.success_status": success } = values;
  if (success === "passed" || success === "failed") return success;
  return completion === "completed" ? "completed" : undefined;
}
