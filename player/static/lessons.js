/**
 * The lessons' page: sends what this device still keeps of lessons, by a hidden frame of each lesson's own origin. What belongs to another
 * learner stays there, and nobody is told of it.
 */

import { forget, listOf } from "./opened.js";

const AT_ONCE = 3;
const OPENING = 10_000;
const SENDING = 120_000;
const AGAIN = 30_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const told = document.getElementById("device");
const { space, origin: pattern, framed, attempts, csrf } = told.dataset;

/** @param {"sending" | "sent" | "away" | "aside" | "reopen"} word */
function say(word) {
  told.textContent = told.dataset[word];
  told.dataset.state = word;
  told.hidden = false;
}

/** A frame of a lesson's origin that answers. */
class Frame {
  #frame = document.createElement("iframe");
  #origin;

  constructor(origin) {
    this.#origin = origin;
  }

  open() {
    Object.assign(this.#frame, { hidden: true, src: `${this.#origin}/_hd/drain`, sandbox: "allow-scripts allow-same-origin" });
    return new Promise((resolve) => {
      this.#frame.addEventListener("load", resolve, { once: true });
      document.body.append(this.#frame);
    });
  }

  /** Wait for its answer; null: there was none in time. */
  ask(said, answer, patience) {
    return new Promise((resolve) => {
      const end = (found) => {
        clearTimeout(over);
        window.removeEventListener("message", listen);
        resolve(found);
      };
      const listen = ({ source, origin, data }) => {
        if (source === this.#frame.contentWindow && origin === this.#origin && data?.haidang === answer) end(data);
      };
      const over = setTimeout(end, patience, null);
      window.addEventListener("message", listen);
      this.#frame.contentWindow.postMessage(said, this.#origin);
    });
  }

  close() {
    this.#frame.remove();
  }
}

/** A token for an attempt of the learner's own at that lesson; null: it is somebody else's, or another lesson's. */
async function tokenFor(attempt, origin) {
  if (!UUID.test(attempt)) return null;
  const reply = await fetch(`${attempts}${attempt}/token`, { method: "POST", headers: { "X-CSRF-Token": csrf } });
  if (!reply.ok) return null;
  const renewed = await reply.json();
  return renewed.origin === origin ? renewed.attempt : null;
}

/** Send what is kept of one version; list what became of it. */
async function drain(version) {
  const origin = pattern.replace("*", version.replaceAll("-", ""));
  const frame = new Frame(origin);
  await frame.open();
  try {
    const held = await frame.ask({ haidang: "holds" }, "holds", OPENING);
    if (!held) return ["away"];
    if (!held.attempts.length && !held.open) forget(space, version);
    const done = [];
    for (const attempt of held.attempts) {
      const token = await tokenFor(attempt, origin);
      if (token === null) continue;
      say("sending");
      const { meaning, aside } = (await frame.ask({ haidang: "token", attempt, token }, "drained", SENDING)) ?? { meaning: "away" };
      done.push(aside ? "aside" : meaning);
    }
    return done;
  } finally {
    frame.close();
  }
}

async function drainAll() {
  const waiting = await listOf(space);
  const done = [];
  const work = async () => {
    while (waiting.length) done.push(...(await drain(waiting.shift()).catch(() => ["away"])));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  told.dataset.asked = "yes";
  if (done.some((meaning) => !["done", "open", "aside"].includes(meaning))) {
    say("away");
    setTimeout(drainAll, AGAIN);
  } else if (done.includes("aside")) say("aside");
  else if (done.includes("done")) say("sent");
  else told.hidden = true;
}

if (framed === "yes") {
  drainAll();
  window.addEventListener("online", drainAll);
} else if ((await listOf(space)).some((version) => !document.querySelector(`.lesson.completed a[href$="${version}"]`))) {
  say("reopen");
}
