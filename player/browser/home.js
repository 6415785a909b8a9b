/** The page around the shell, where there is one: it is told that the shell is alive, and that the learner leaves. Hints, and no secrets. */

import { LESSON } from "./neighbours.js";

const BEAT = 2000;

export class Home {
  #origin;
  #back;

  /** @param {{app: string, back: string}} launch where the app is, and the page of the lessons in it */
  constructor({ app, back }) {
    const [around = app] = window.location.ancestorOrigins ?? []; // a space may have a host of its own
    this.#origin = LESSON.test(around) ? app : around;
    this.#back = back;
  }

  get isAround() {
    return window.parent !== window;
  }

  /** Say again and again that the shell is alive: a lesson that never ends its sentence silences both. */
  beat() {
    if (!this.isAround) return;
    this.#tell("alive");
    setInterval(() => this.#tell("alive"), BEAT);
  }

  /** Something was saved, and may have changed what the app knows. */
  hint() {
    if (this.isAround) this.#tell("saved");
  }

  /** Go back to the lessons. */
  leave() {
    if (this.isAround) this.#tell("leave");
    else window.location.assign(this.#back);
  }

  #tell(haidang) {
    window.parent.postMessage({ haidang }, this.#origin);
  }
}
