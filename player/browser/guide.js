/**
 * The guide: leads through a course that has a sequencer. It asks the server what comes next, with the last words of what is open, and does
 * what it is told: opens a lesson, lets the learner choose, or says that all is over (docs/player.md, What comes next).
 *
 * @typedef {Record<string, import("./notices.js").Deed>} Deeds
 * @typedef {{launch: any, course: import("./course.js").Course, outbox: import("./outbox.js").Outbox, player: import("./player.js").Player,
 *   bar: import("./bar.js").Bar, notices: import("./notices.js").Notices, opening: HTMLElement, deeds: Deeds, leave: () => void}} Parts
 */

import { Sequence } from "./sequence.js";

/** Without a line one learns at once that it is kept, and that one has to wait. */
const WAITING = new Set(["device", "unsaved"]);

/** So often a lesson may end by itself and come again before the learner is asked whether that goes on. */
const ROUNDS = 20;

/** Ends that cannot be taken back. */
const FINAL = new Set(["exitAll", "abandon", "abandonAll"]);

const BY = { 1: "continue", "-1": "previous" };

export class Guide {
  #parts;
  #asking = false;
  #last = { id: "", title: "" };
  /** How often each item was opened since the learner asked for anything. @type {Map<string, number>} */
  #rounds = new Map();

  /** @param {Parts} parts @param {import("./sequence.js").Next} next */
  constructor(parts, next) {
    this.#parts = parts;
    this.sequence = new Sequence(parts.launch, next);
  }

  /** Whether what comes next was asked, and is not known yet. */
  get isAsking() {
    return this.#asking;
  }

  /** The item that is open, or that was; what is laid out and not opened comes before it. */
  get here() {
    return this.#parts.course.item(this.sequence.item) ?? this.#last;
  }

  /** Do what the sequencer says. @param {import("./sequence.js").Next} next */
  follow(next) {
    this.sequence.take(next);
    this.#parts.bar.follow(this.sequence);
    if (next.ended) return next.suspended ? this.#parts.leave() : this.#summarise();
    const rounds = (this.#rounds.get(next.item) ?? 0) + 1;
    this.#rounds.set(next.item, rounds);
    if (next.opens && rounds <= ROUNDS) return this.#open();
    return this.#offerWays(next);
  }

  #offerWays(next) {
    const { deeds } = this.#parts;
    const ways = [...(next.item ? [deeds.again] : []), deeds.menu, deeds.leave];
    return this.#say(next.exception && this.#last.id ? "notnow" : "choose", ways);
  }

  /** The learner asks what comes next. @param {string} request @param {string} [target] */
  ask(request, target = "") {
    this.#rounds.clear();
    return this.#go(request, target);
  }

  /** The learner wants to end: what cannot be taken back is asked once more. @param {string} request */
  finish(request) {
    if (!FINAL.has(request)) return this.ask(request);
    const { notices, launch, deeds, player } = this.#parts;
    const { sureTitle: title, sure: word, [`sure ${request}`]: text } = launch.words;
    const stay = player.item ? deeds.stay : { ...deeds.stay, act: () => this.#offerWays({ item: this.sequence.item }) };
    return notices.show({ kind: "sure", title, text, deeds: [stay, { word, act: () => this.ask(request) }] });
  }

  /** Ask what comes next; what is open says its last words before. */
  async #go(request, target = "") {
    if (this.#asking) return;
    const { notices, launch } = this.#parts;
    this.#asking = true;
    const visit = this.#put();
    notices.show({ kind: "moving", title: launch.words.moving });
    const next = await this.#send(visit, request, target);
    this.#asking = false;
    if (next) this.follow(next);
    else if (notices.card === "moving" || notices.card === "waiting") this.#say("closed", [this.#parts.deeds.back]);
  }

  /** Suspend everything, so that the learner finds it as it is. */
  suspend() {
    const visit = this.#put();
    if (!this.#asking && this.sequence.canSuspend) this.#send(visit, "suspendAll", "");
  }

  /** Open once more what is open, or ask for another item. @param {{id: string}} item */
  choose({ id }) {
    if (id !== this.sequence.item) return this.ask("choice", id);
    this.#rounds.clear();
    this.#put();
    return this.#open();
  }

  /** @param {number} by 1 for what comes next, -1 for what came before */
  step(by) {
    if (this.sequence.offers(BY[by])) this.ask(BY[by]);
  }

  /** The open lesson has ended. */
  end() {
    const { player, notices, launch, deeds } = this.#parts;
    if (player.asks) this.#go("");
    else notices.say("ended", launch.words.ended, this.onwards(deeds.leave));
  }

  /** What the open lesson has said changes what may be asked. @param {import("./sequence.js").Contents} contents */
  see(contents) {
    if (this.#asking) return;
    this.sequence.see(contents);
    this.#parts.player.give(this.sequence.values);
    this.#parts.bar.follow(this.sequence);
  }

  /** The ways on from here, where there are any. @param {import("./notices.js").Deed[]} others */
  onwards(...others) {
    const { deeds } = this.#parts;
    if (this.sequence.offers("continue")) return [deeds.next, ...others];
    return this.sequence.isSeveral ? [deeds.menu, ...others] : others;
  }

  /** What becomes of the words; who waits for what comes next is told honestly why. @param {string} state */
  tell(state) {
    if (!this.#asking || !WAITING.has(state)) return;
    const { notices, launch, deeds } = this.#parts;
    const { waitingTitle: title, waitingText, unsavedText } = launch.words;
    const text = state === "unsaved" ? unsavedText : waitingText;
    notices.show({ kind: "waiting", title, text, deeds: state === "unsaved" ? [deeds.send] : [deeds.send, deeds.back] });
  }

  #send(visit, request, target) {
    return this.#parts.outbox.navigate(visit, { after: this.sequence.revision, request, target });
  }

  #open() {
    const { course, player, notices, opening, bar, deeds } = this.#parts;
    const id = this.sequence.item;
    const item = course.item(id);
    notices.clear();
    this.#last = item ?? { id, title: "" };
    if (!item || item.address === null) return this.#say("missing", this.onwards(deeds.leave));
    opening.hidden = false;
    player.open(item, this.sequence.opening);
    return bar.follow(this.sequence);
  }

  /** Take away what is open; give its visit, or one to nothing where it never said anything. */
  #put() {
    const { player, outbox, opening, notices } = this.#parts;
    const visit = (player.hasBegun && player.visit) || outbox.visit("", 1);
    player.close();
    opening.hidden = true;
    notices.drop("ended", "window", "held", "failed", "dialogs", "time", "slow");
    return visit;
  }

  #say(kind, deeds) {
    const { notices, launch, opening } = this.#parts;
    opening.hidden = true;
    notices.show({ kind, title: launch.words[`${kind}Title`], text: launch.words[`${kind}Text`], deeds });
  }

  /** Say how it went, in the course as a whole. */
  #summarise() {
    const { notices, launch, deeds } = this.#parts;
    const { words } = launch;
    const text = [words[`over ${this.sequence.state(this.sequence.whole)}`] ?? words.overText, this.#score(), this.#parted()];
    notices.show({ kind: "over", title: words.overTitle, text: text.filter(Boolean).join(" "), deeds: [deeds.back, deeds.anew] });
  }

  #score() {
    const { measure } = this.sequence.whole;
    return measure === null ? "" : this.#parts.launch.words.score.replace("{score}", String(Math.round(measure * 100)));
  }

  #parted() {
    const { lessons } = this.sequence;
    const done = lessons.filter((one) => this.sequence.isDone(one)).length;
    if (lessons.length < 2) return "";
    return this.#parts.launch.words.parted.replace("{done}", String(done)).replace("{all}", String(lessons.length));
  }
}
