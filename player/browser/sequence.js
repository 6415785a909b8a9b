/**
 * What comes next in a course that has a sequencer: the last answer of the server, as the bar, the contents and the lessons need it. Pure.
 * It has the face that `course.js` has for the menu.
 *
 * @typedef {{id: string, title: string, depth: number, leaf: boolean, shown: boolean, choice: boolean, jump: boolean, selectable: boolean,
 *   attempts: number, completed: boolean | null, satisfied: boolean | null, measure: number | null, why: {kind: string, items: string[]} | null}} Entry
 * @typedef {{requests: Record<string, boolean>, hidden: string[], jumps: boolean, entries: Entry[]}} Contents
 * @typedef {{revision: number, item: string | null, opens: boolean, resumed: boolean, given: Record<string, string>, access: Record<string, string>,
 *   ended: boolean, exception: string, contents: Contents}} Next
 */

const VALID = "adl.nav.request_valid.";
const DONE = new Set(["completed", "passed"]);
const FLOWING = ["continue", "previous"];

export class Sequence {
  #words;
  /** @type {Next} */
  #next;
  /** @type {Map<string, Entry>} */
  #entries;
  #taken = false;

  /** @param {{words: Record<string, string>}} launch @param {Next} next */
  constructor({ words }, next) {
    this.#words = words;
    this.take(next);
  }

  /** @param {Next} next */
  take(next) {
    this.#next = next;
    this.#taken = false;
    this.see(next.contents);
  }

  /** What may be asked has changed, for the open lesson has said more. @param {Contents} contents */
  see(contents) {
    this.#next = { ...this.#next, contents };
    this.#entries = new Map([...contents.entries].reverse().map((entry) => [entry.id, entry]));
  }

  /** A visit has taken what was laid out: another one finds what it leaves. */
  begin() {
    this.#taken = true;
  }

  /** Whether the session was ended by a lesson that wants to be gone on with. */
  get suspended() {
    return this.#next.suspended;
  }

  /** The item that is open, or would be. */
  get item() {
    return this.#next.item;
  }

  get revision() {
    return this.#next.revision;
  }

  get ended() {
    return this.#next.ended;
  }

  /** Whether the learner is in the middle of something that can be suspended. */
  get canSuspend() {
    return !this.ended && this.#next.contents.requests.suspendAll === true;
  }

  /** How the item is opened. @returns {import("./opening.js").Opening} */
  get opening() {
    const { resumed, given, access } = this.#next;
    return { resumed, given: { ...given, ...this.values }, access, taken: this.#taken };
  }

  /** What lessons read of it (adl.nav.request_valid). @returns {Record<string, string>} */
  get values() {
    const { requests, entries, jumps } = this.#next.contents;
    const said = FLOWING.map((name) => [VALID + name, requests[name]]);
    for (const { id, choice, jump } of entries) {
      said.push([`${VALID}choice.{target=${id}}`, choice]);
      if (jumps) said.push([`${VALID}jump.{target=${id}}`, jump]);
    }
    return Object.fromEntries(said.map(([name, valid]) => [name, valid ? "true" : "false"]));
  }

  /** Whether a control works and is to be seen. @param {string} request */
  offers(request) {
    return this.#next.contents.requests[request] === true && !this.hides(request);
  }

  /** @param {string} request */
  hides(request) {
    return this.#next.contents.hidden.includes(request);
  }

  /** What the contents show, in order. */
  get items() {
    const shown = this.#next.contents.entries.filter((entry) => entry.shown);
    return shown.map((entry) => ({ ...entry, depth: Math.max(0, entry.depth - 1), address: entry.leaf ? "" : null }));
  }

  /** Whether there is more than one lesson, shown or not. */
  get isSeveral() {
    return this.#next.contents.entries.filter(({ leaf }) => leaf).length > 1;
  }

  /** The lessons among them. */
  get lessons() {
    return this.items.filter(({ leaf }) => leaf);
  }

  /** Where the learner stands in the course as a whole. @returns {Entry} */
  get whole() {
    return this.#next.contents.entries[0];
  }

  /** @param {Entry} entry */
  state({ attempts, completed, satisfied, leaf }) {
    // Of a heading nothing is said to have failed while something below it is still to be done.
    if (!leaf && !completed && !satisfied) return attempts ? "begun" : "new";
    if (satisfied !== null) return satisfied ? "passed" : "failed";
    if (completed) return "completed";
    return attempts ? "begun" : "new";
  }

  /** @param {Entry} entry */
  isDone(entry) {
    return DONE.has(this.state(entry));
  }

  /** @param {Entry} entry */
  isOpen({ selectable }) {
    return selectable;
  }

  /** Say why an item cannot be chosen now. @param {Entry} entry */
  locked({ why }) {
    const { kind, items } = why ?? { kind: "later", items: [] };
    const titles = items.map((id) => `“${this.#entries.get(id)?.title ?? id}”`).join(this.#words.and);
    return (this.#words[`why ${kind}`] ?? this.#words["why later"]).replace("{items}", titles);
  }
}
