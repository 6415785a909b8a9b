/** The bar of the shell: the honest word about saving, where one is in the course, and the buttons. */

/** Words that a listener hears at once. What is well is seen, and heard only after something was not. */
const TROUBLES = new Set(["device", "unsaved", "waiting", "superseded", "signin", "refused", "closed"]);

export class Bar {
  #bar;
  #word;
  #aloud;
  #where;
  #buttons;
  #words;
  #troubled = false;

  /**
   * @param {{bar: HTMLElement, aloud: HTMLElement, words: Record<string, string>, deeds: Record<string, () => void>}} parts
   *   `deeds` by the name that a button has in `data-deed`
   */
  constructor({ bar, aloud, words, deeds }) {
    this.#bar = bar;
    this.#word = bar.querySelector("#saved");
    this.#where = bar.querySelector("#where");
    this.#aloud = aloud;
    this.#words = words;
    const buttons = [...bar.querySelectorAll("[data-deed]")];
    this.#buttons = Object.fromEntries(buttons.map((button) => [button.dataset.deed, button]));
    for (const button of buttons) button.addEventListener("click", deeds[button.dataset.deed]);
    this.#offerFullScreen();
  }

  /** @param {string} state */
  tell(state) {
    this.#word.dataset.state = state;
    this.#word.lastElementChild.textContent = this.#words[state];
    const troubled = TROUBLES.has(state);
    if (troubled || (this.#troubled && state === "saved")) this.#aloud.textContent = this.#words[state];
    if (troubled || state === "saved") this.#troubled = troubled;
  }

  /** @param {import("./course.js").Course} course @param {import("./course.js").Item} item */
  place(course, item) {
    const { previous, next } = this.#buttons;
    this.#bar.classList.toggle("several", course.lessons.length > 1);
    for (const [button, step] of [[previous, -1], [next, 1]]) {
      const there = course.beside(item, step);
      button.disabled = !there;
      button.classList.toggle("locked", there !== null && !course.isOpen(there)); // a click says what it waits for
    }
    const place = this.#words.place.replace("{n}", String(course.lessons.indexOf(item) + 1)).replace("{all}", String(course.lessons.length));
    this.#where.textContent = `${place} · ${item.title}`;
  }

  /** The same, where a sequencer says what may come next. @param {import("./sequence.js").Sequence} sequence */
  follow(sequence) {
    const { lessons } = sequence;
    this.#bar.classList.toggle("several", sequence.isSeveral);
    for (const name of ["previous", "next"]) {
      const request = name === "next" ? "continue" : name;
      this.#buttons[name].disabled = !sequence.offers(request);
      this.#buttons[name].hidden = sequence.hides(request);
    }
    const at = lessons.findIndex(({ id }) => id === sequence.item);
    this.#where.textContent = lessons[at]?.title ?? "";
  }

  /** Some platforms (the iPhone) have none: then there is no button. */
  #offerFullScreen() {
    const { full } = this.#buttons;
    full.hidden = !document.fullscreenEnabled;
    document.addEventListener("fullscreenchange", () => {
      full.setAttribute("aria-pressed", String(document.fullscreenElement !== null));
    });
  }
}

/** The whole shell takes the screen, so that its bar stays with the lesson. */
export function toggleFullScreen() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => {}); // the browser may say no, and nothing is lost
}
