/**
 * The tabs of one browser that have one attempt open: a tab that comes asks the others to let go, so that what they have said is sent or in
 * the journal before it begins. Where locks and channels are missing nothing breaks: the server knows the newest session anyway.
 */

import { channelOf, nameOf } from "./neighbours.js";

/** How long a tab waits for the others; one that sleeps is not waited for. */
const PATIENCE = 3000;

/** How long a tab has to say that it is there, where there are no locks to tell. */
const CALL = 300;

export class Tab {
  #name;
  #channel;
  #letGo;
  #release = () => {};

  /** @param {string} attempt @param {() => Promise<unknown>} letGo called when another tab takes the attempt; what it waits for is waited for */
  constructor(attempt, letGo) {
    this.#name = nameOf(attempt);
    this.#letGo = letGo;
    this.#channel = channelOf(attempt);
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data?.taking === true) this.#lose();
      if (data?.calling === true) this.#channel.postMessage({ here: true });
    });
  }

  /** Take the attempt: ask the others to let go, and wait a while for them. */
  async take(patience = PATIENCE) {
    this.#channel?.postMessage({ taking: true });
    const { locks } = navigator;
    if (!locks) return;
    await new Promise((taken) => {
      const hold = () => new Promise((release) => {
        this.#release = release;
        taken();
      });
      const lost = (error) => {
        taken();
        if (error.name === "AbortError") this.#lose();
      };
      locks.request(this.#name, { signal: AbortSignal.timeout(patience) }, hold).catch((error) => {
        if (error.name !== "TimeoutError") return lost(error);
        // Who still holds it sleeps.
        return locks.request(this.#name, { steal: true }, hold).catch(lost);
      });
    });
  }

  async #lose() {
    await this.#letGo();
    this.#release();
  }
}

/** Act while no tab has the attempt open and none sends for it; else don't. @param {string} attempt @param {() => Promise<unknown>} act */
export async function whileClosed(attempt, act) {
  const { locks } = navigator;
  if (!locks) return void ((await answers(attempt)) || (await act()));
  const acting = locks.request(nameOf(attempt), { ifAvailable: true }, async (lock) => lock && (await act()));
  await acting.catch(() => {}); // a tab that was opened meanwhile goes on with it
}

/** Ask whether a tab has the attempt open: its next words must not come under lower numbers than what is sent for it. */
async function answers(attempt) {
  const channel = channelOf(attempt);
  if (!channel) return false;
  const here = await new Promise((resolve) => {
    setTimeout(resolve, CALL, false);
    channel.addEventListener("message", ({ data }) => data?.here === true && resolve(true));
    channel.postMessage({ calling: true });
  });
  channel.close();
  return here;
}

/** Tell whether a tab has any attempt of this origin open; where nobody can tell, one may. */
export async function someTabIsOpen() {
  if (!navigator.locks) return true;
  const { held } = await navigator.locks.query();
  return held.some(({ name }) => name.startsWith(nameOf("")));
}
