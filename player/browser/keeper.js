/**
 * Keeps the shell where it is. A lesson shares its page's origin, and old ones believe that the page around them is theirs: they write over it,
 * clear it, or put an API of their own into it. What is done in error is undone; who means harm harms his own lesson.
 */

export class Keeper {
  #root = document.documentElement;
  #head = document.head;
  #body = document.body;
  #inHead = [...document.head.children];
  #inBody = [...document.body.children];
  #lost;

  /** @param {() => void} lost is called when some of the page was gone, and is back */
  constructor(lost) {
    this.#lost = lost;
    for (const name of ["open", "write", "writeln", "close"]) Object.defineProperty(document, name, { value: () => null });
    new MutationObserver(() => this.#look()).observe(document, { childList: true, subtree: true });
  }

  #look() {
    if ([...this.#inHead, ...this.#inBody].every((part) => part.isConnected)) return;
    if (document.documentElement !== this.#root) document.replaceChildren(this.#root);
    this.#root.replaceChildren(this.#head, this.#body);
    this.#head.replaceChildren(...this.#inHead);
    this.#body.replaceChildren(...this.#inBody);
    this.#lost();
  }
}

/** Offer something under a name that nobody can take. @param {string} name @param {() => unknown} give */
export function offer(name, give) {
  Object.defineProperty(window, name, { get: give, set() {}, enumerable: true });
}
