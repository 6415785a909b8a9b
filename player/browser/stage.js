/**
 * The stage: the frame in which an item plays. Each item gets a fresh one, and it is taken away before the next opens, so that a lesson says its
 * last words while the shell still listens.
 *
 * Events: "slow" (the page is still coming), "shown" (there is something to be seen), "loaded" (all of it), "missing" (there is no such page),
 * "offline" (no line to get it).
 */

import { ask, statusOf, wordOf } from "./arrival.js";

/** Everything but leading the shell, or the page around it, elsewhere. */
const SANDBOX =
  "allow-scripts allow-same-origin allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox " +
  "allow-orientation-lock allow-pointer-lock allow-presentation";

const SLOW = 5000;
const LOOK = 100;

export class Stage extends EventTarget {
  #place;
  #prepare;
  #frame = null;
  #timers = [];

  /** @param {HTMLElement} place @param {(lesson: Window) => void} prepare is called with a lesson's window before its page runs */
  constructor(place, prepare) {
    super();
    this.#place = place;
    this.#prepare = prepare;
  }

  /** The page that is open; nothing where it came from elsewhere. */
  get page() {
    return this.#frame?.contentDocument ?? null;
  }

  /** Tell whether the frame is where it was put. */
  get stands() {
    return this.#frame === null || this.#frame.isConnected;
  }

  /** @param {string} address @param {string} title */
  open(address, title) {
    this.clear();
    const frame = document.createElement("iframe");
    Object.assign(frame, { id: "lesson", title, allow: "autoplay; fullscreen" });
    frame.setAttribute("sandbox", SANDBOX);
    // With its address set before it is put in, the frame's first window is also the lesson's: what is laid into it is there before the lesson runs.
    frame.src = address;
    this.#frame = frame;
    this.#place.append(frame);
    this.#prepare(frame.contentWindow);
    this.#await(frame, address);
  }

  /** Take the page away. It is told first, as the browser would tell it, but nobody is asked whether they are sure. */
  clear() {
    this.#rest();
    const frame = this.#frame;
    if (!frame) return;
    announce(frame.contentWindow);
    this.#frame = null;
    frame.remove();
  }

  focus() {
    this.#frame?.focus();
  }

  #await(frame, address) {
    let [shown, first] = [false, true];
    const show = () => {
      this.#rest();
      if (!shown) this.#tell("shown");
      shown = true;
    };
    // Long before a page has loaded all that belongs to it there is something to be seen.
    this.#timers = [setInterval(() => isThere(this.page) && show(), LOOK), setTimeout(() => this.#tell("slow"), SLOW)];
    frame.addEventListener("load", async () => {
      const status = statusOf(frame.contentWindow);
      const word = first ? await ask(frame.contentWindow, address) : wordOf(status ?? 200);
      first = false;
      if (frame !== this.#frame) return;
      this.#rest();
      if (word !== "there") return this.#tell(word);
      show();
      this.#tell("loaded");
    });
  }

  #rest() {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

/** @param {Document | null} page */
function isThere(page) {
  if (!page?.body || page.URL === "about:blank" || page.readyState === "loading") return false;
  return wordOf(statusOf(page.defaultView) ?? 200) === "there";
}

/** Tell a window, and those in it, that they are about to go. */
function announce(lesson) {
  try {
    for (let n = 0; n < lesson.frames.length; n += 1) announce(lesson.frames[n]);
    lesson.dispatchEvent(new lesson.Event("beforeunload", { cancelable: true }));
  } catch {
    // A page from elsewhere is told by the browser alone.
  }
}
