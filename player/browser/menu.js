/** The menu of a course with several items: each with its state in words, and what it waits for. */

export class Menu {
  #dialog;
  #list;
  #course;
  #words;
  #choose;
  #ways;

  /**
   * @param {{dialog: HTMLDialogElement, words: Record<string, string>, choose: (item: import("./course.js").Item) => void,
   *   ask: (request: string) => void}} parts `ask` for the ways to end that a course with a sequencer has
   */
  constructor({ dialog, words, choose, ask }) {
    this.#dialog = dialog;
    this.#list = dialog.querySelector("ol");
    this.#words = words;
    this.#choose = choose;
    this.#ways = dialog.querySelector("#ways");
    for (const button of this.#ways.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        dialog.close();
        ask(button.dataset.request);
      });
    }
    dialog.querySelector("[data-deed=close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  }

  /** @param {import("./course.js").Course} course @param {import("./course.js").Item | null} current */
  open(course, current) {
    this.#course = course;
    this.#list.replaceChildren(...this.#course.items.map((item) => this.#row(item, item.id === current?.id)));
    this.#offerWays(course);
    this.#dialog.showModal();
    (this.#list.querySelector("[aria-current]") ?? this.#list.querySelector("button"))?.focus();
  }

  #offerWays(course) {
    const buttons = [...this.#ways.querySelectorAll("button")];
    for (const button of buttons) button.hidden = !course.offers?.(button.dataset.request);
    this.#ways.hidden = buttons.every(({ hidden }) => hidden);
    this.#ways.open = false;
  }

  #row(item, isCurrent) {
    const row = document.createElement("li");
    row.style.setProperty("--depth", String(item.depth));
    row.dataset.state = this.#course.state(item);
    // A heading of a course with a sequencer may be chosen: it leads to what lies below it.
    row.append(item.address === null && !item.selectable ? heading(item) : this.#button(item, isCurrent));
    return row;
  }

  #button(item, isCurrent) {
    const isOpen = isCurrent || this.#course.isOpen(item);
    const made = document.createElement("button");
    made.type = "button";
    made.append(span("title", item.title), span("state", this.#stateOf(item, isCurrent, isOpen)));
    if (isCurrent) made.setAttribute("aria-current", "step");
    if (isOpen) made.addEventListener("click", () => this.#take(item, isCurrent));
    else made.setAttribute("aria-disabled", "true"); // can still be reached, and says why
    return made;
  }

  #stateOf(item, isCurrent, isOpen) {
    if (!isOpen && !isCurrent) return this.#course.locked(item);
    const state = this.#words[`state ${this.#course.state(item)}`];
    return isCurrent ? `${this.#words.current} – ${state}` : state;
  }

  #take(item, isCurrent) {
    this.#dialog.close();
    if (!isCurrent) this.#choose(item);
  }
}

function heading(item) {
  const made = span("heading", item.title);
  made.setAttribute("role", "heading");
  made.setAttribute("aria-level", String(Math.min(6, item.depth + 3)));
  return made;
}

function span(name, text) {
  return Object.assign(document.createElement("span"), { className: name, textContent: text });
}
