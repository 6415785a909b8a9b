/** What the shell says to the learner: in a line beside the lesson, or on a card in its place. One line and one card at a time. */

/** Which of several lines is shown: the first. */
const ORDER = ["refused", "signin", "time", "missing", "dialogs", "failed", "held", "restored", "ended", "window", "slow"];

/** @typedef {{word: string, act: () => void}} Deed */

export class Notices {
  #line;
  #card;
  /** @type {Map<string, {text: string, deeds: Deed[]}>} */
  #said = new Map();
  #shown = "";

  /** @param {{line: HTMLElement, card: HTMLDialogElement}} places */
  constructor({ line, card }) {
    this.#line = line;
    this.#card = card;
    card.addEventListener("cancel", (event) => event.preventDefault()); // what a card says must be answered
  }

  /** @param {string} kind @param {string} text @param {Deed[]} [deeds] */
  say(kind, text, deeds = []) {
    this.#said.set(kind, { text, deeds });
    this.#show();
  }

  /** @param {string[]} kinds */
  drop(...kinds) {
    for (const kind of kinds) this.#said.delete(kind);
    this.#show();
  }

  /** @param {{kind: string, title: string, text?: string, deeds?: Deed[]}} card */
  show({ kind, title, text = "", deeds = [] }) {
    const [heading, words, buttons] = this.#card.children;
    this.#card.dataset.kind = kind;
    heading.textContent = title;
    words.textContent = text;
    buttons.replaceChildren(...deeds.map(button));
    if (!this.#card.open) this.#card.showModal();
    (buttons.firstElementChild ?? heading).focus();
  }

  clear() {
    delete this.#card.dataset.kind;
    if (this.#card.open) this.#card.close();
  }

  /** Which card lies there. */
  get card() {
    return this.#card.open ? this.#card.dataset.kind : null;
  }

  #show() {
    const kind = ORDER.find((one) => this.#said.has(one));
    const said = kind && this.#said.get(kind);
    const now = kind ? `${kind} ${said.text}` : "";
    if (now === this.#shown) return;
    this.#shown = now;
    const [words, buttons] = this.#line.children;
    this.#line.dataset.kind = kind ?? "";
    this.#line.classList.toggle("empty", !kind);
    words.textContent = said?.text ?? "";
    buttons.replaceChildren(...(said?.deeds ?? []).map(button));
  }
}

function button({ word, act }) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: word });
  made.addEventListener("click", act);
  return made;
}
