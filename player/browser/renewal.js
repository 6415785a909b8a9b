/**
 * A fresh token for a lesson that is open longer than its token holds. Framed, the page around is asked, which asks the app. Where the learner
 * has to sign in first, or the shell stands alone, a window of the app brings it, over the channel of the attempt.
 */

import { channelOf, isFromHome } from "./neighbours.js";

const PATIENCE = 10_000;

export class Renewal {
  #outbox;
  #attempt;
  #address;
  #timer = 0;
  #wanted = false;

  /** @param {{outbox: import("./outbox.js").Outbox, attempt: string, address: string}} renewal `address`: the app's page that renews */
  constructor({ outbox, attempt, address }) {
    this.#outbox = outbox;
    this.#attempt = attempt;
    this.#address = address;
    outbox.addEventListener("token", (event) => {
      this.#wanted = true;
      if (this.#ask()) event.preventDefault();
    });
    window.addEventListener("message", (event) => {
      const { data } = event;
      if (isFromHome(event) && data?.haidang === "token" && data.attempt === attempt) this.#take(data.token ?? null);
    });
    channelOf(attempt)?.addEventListener("message", ({ data }) => {
      if (typeof data?.token === "string") this.#take(data.token);
    });
    // The learner may have signed in elsewhere meanwhile.
    window.addEventListener("focus", () => this.#wanted && this.#ask());
  }

  /** Open the app's window: the learner has asked for it. */
  signIn() {
    window.open(this.#address, "_blank", "noopener,popup,width=480,height=640");
  }

  #ask() {
    if (window.parent === window) return false;
    window.parent.postMessage({ haidang: "token", attempt: this.#attempt }, "*"); // no secret; the answer is one, and names its receiver
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#take(null), PATIENCE);
    return true;
  }

  /** @param {unknown} token */
  #take(token) {
    clearTimeout(this.#timer);
    if (typeof token !== "string" && !this.#wanted) return;
    this.#wanted = typeof token !== "string";
    this.#outbox.renew(typeof token === "string" ? token : null);
  }
}
