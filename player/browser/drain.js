/**
 * The hidden frame on the lessons' page: tells which attempts this device holds words of, is given a token for those that are the learner's,
 * and sends what they hold. It speaks only when the page around has spoken first, and to nobody else.
 */

import { channelOf, isFromHome } from "./neighbours.js";
import { Journal } from "./journal.js";
import { sendLeftovers } from "./leftovers.js";
import { someTabIsOpen, whileClosed } from "./tabs.js";

window.addEventListener("message", async (event) => {
  if (!isFromHome(event)) return;
  const tell = (said) => event.source.postMessage(said, event.origin);
  const { haidang, attempt, token } = event.data ?? {};
  if (haidang === "holds") tell({ haidang: "holds", attempts: await held(), open: await someTabIsOpen() });
  if (haidang === "token" && typeof token === "string") tell({ haidang: "drained", attempt, ...(await drain(attempt, token)) });
});

async function held() {
  const journal = await Journal.open();
  const waiting = [];
  for (const attempt of await journal.attempts()) {
    if ((await journal.waiting(attempt)).length) waiting.push(attempt);
  }
  return waiting;
}

/** Send what an attempt holds; a tab that has it open does it by itself, and is given the token. */
async function drain(attempt, token) {
  const journal = await Journal.open();
  let left = { meaning: "open", aside: 0 };
  await whileClosed(attempt, async () => {
    left = await sendLeftovers({ journal, attempt, token, address: "" });
  });
  if (left.meaning === "open") channelOf(attempt)?.postMessage({ token });
  return left;
}
