/**
 * What a lesson does to people, and what is done about it. Lessons are made by many hands: some fail before they begin, some say the same message
 * without end, some close "their" window or want another one.
 *
 * Events: "failed" (an error nobody caught), "dialogs" (too many messages at once), "closing" (the lesson wants to be closed), "window" (it has
 * opened one of its own), "held" (the browser has not let it; `detail` opens it after all).
 */

/** Messages that a lesson may show before it lets the browser breathe. */
const DIALOGS = 20;

export class Watch extends EventTarget {
  #dialogs = 0;
  #breath = 0;

  /** Lay our hands on a lesson's window before its page runs. @param {Window} lesson */
  over(lesson) {
    lesson.addEventListener("error", ({ message }) => message && this.#tell("failed", message));
    lesson.addEventListener("unhandledrejection", () => this.#tell("failed"));
    for (const name of ["alert", "confirm", "prompt"]) this.#count(lesson, name);
    lesson.close = () => this.#tell("closing");
    this.#follow(lesson);
  }

  /** A lesson that shows one message after the other in a loop leaves nobody a way out: it is stopped as any script is that goes wrong. */
  #count(lesson, name) {
    const show = lesson[name];
    lesson[name] = (...words) => {
      if (this.#dialogs >= DIALOGS) {
        this.#tell("dialogs");
        throw new lesson.Error(`${name}: too many messages`);
      }
      this.#dialogs += 1;
      clearTimeout(this.#breath);
      this.#breath = setTimeout(() => {
        this.#dialogs = 0;
      });
      return show.apply(lesson, words);
    };
  }

  #follow(lesson) {
    const { open } = lesson;
    lesson.open = (...wanted) => {
      const opened = open.apply(lesson, wanted);
      if (opened) this.#tell("window", opened);
      else if (!/\bnoopener\b/.test(wanted[2] ?? "")) this.#tell("held", () => open.apply(lesson, wanted));
      return opened;
    };
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
