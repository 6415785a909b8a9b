/** One visit of a learner to a lesson: what happens in it is noted, reported and saved step by step, and ended when the page goes. */

import { Notes } from "./notes.js";
import { Record } from "./record.js";

export class Visit {
  constructor(content, win) {
    this.content = content;
    this.questions = content.questions || content.steps.map((step) => step.question).filter(Boolean);
    this.record = new Record(win, content.edition);
    this.connected = this.record.begin();
    this.notes = new Notes(this.record.memory);
    this.leaving = () => {};
    win.addEventListener("pagehide", () => this.leave());
    win.addEventListener("pageshow", (event) => event.persisted && this.comeBack());
    win.document.addEventListener("visibilitychange", () => win.document.hidden && this.pause());
  }

  /** Whether there is something to go on with. */
  get begun() {
    return this.notes.at !== "";
  }

  get score() {
    return this.notes.score(this.questions);
  }

  get passed() {
    const { mastery } = this.record;
    return this.score >= (mastery === null ? this.content.mastery / 100 : mastery);
  }

  get missed() {
    return this.notes.missed(this.questions);
  }

  /** The learner is here now; so much of the whole has been seen. */
  reach(place, share) {
    this.notes.reach(place, share);
    this.keep();
  }

  /** The learner has chosen an option after so many seconds. */
  answer(question, option, seconds) {
    this.notes.answer(question, option);
    this.record.answer({
      id: question.id,
      ask: question.ask,
      response: option.id,
      right: option.right === true,
      correct: question.options.filter((one) => one.right).map((one) => one.id),
      seconds,
    });
    this.record.score(this.score);
    if (this.notes.done) this.record.reached(this.passed);
    this.keep();
  }

  /** The learner has come to the end. */
  finish(place) {
    this.notes.done = true;
    this.notes.reach(place, 1);
    this.record.score(this.score);
    this.record.reached(this.passed);
    this.keep();
  }

  /** Ask these questions again. */
  askAgain(questions) {
    this.notes.forget(questions);
    this.keep();
  }

  keep() {
    this.record.keep(this.notes.at, this.notes.text(), this.notes.far);
    this.record.save();
  }

  /** The page is hidden, and may go without another word. */
  pause() {
    this.leaving();
    this.keep();
  }

  leave() {
    this.leaving();
    this.keep();
    this.record.end();
  }

  /** A browser has kept the page and shows it again: what a system still takes is sent to it. */
  comeBack() {
    this.connected = this.record.begin();
  }
}
