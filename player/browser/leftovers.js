/** What earlier sessions of an attempt have left in the journal: sent visit by visit, each commit under the session that said it. */

import { commitOf, firstOf, send } from "./wire.js";

/** A journal that does not forget would be read for ever. */
const ROUNDS = 100;

const STILL_COMING = 100;

/** What the server says of a commit that it will not take tomorrow either. */
const NEVER = new Set(["refused", "closed"]);

/**
 * Send what is left. What the server will never take is set aside, and the next visit is sent.
 * @param {{journal: import("./journal.js").Journal, attempt: string, token: string, address: string}} from
 * @returns {Promise<{meaning: string, aside: number}>} "done", or why it could not go on: "away", "broken", "token"; and how many words were set aside
 */
export async function sendLeftovers({ journal, attempt, token, address }) {
  const numbers = new Map();
  let aside = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const visits = await journal.waiting(attempt);
    if (!visits.length) break;
    takeNumbers(numbers, visits);
    for (const visit of visits) {
      const meaning = await sendVisit({ journal, token, address, visit, numbers });
      if (meaning === "renumber") break; // somebody else sends for this session: what is left may be another thing by now
      if (meaning === "done") continue;
      if (!NEVER.has(meaning)) return { meaning, aside };
      aside += visit.said.length;
      await journal.setAside(visit.said);
    }
  }
  return { meaning: "done", aside };
}

/**
 * Number on from what each session had sent when its newest word was said: whatever came later carried that word. A page that went has
 * handed a few more to the browser, which may still send them: their numbers are left to them.
 */
function takeNumbers(numbers, visits) {
  for (const { session, said } of visits) {
    numbers.set(session, said.reduce((last, { n }) => Math.max(last, n + STILL_COMING), numbers.get(session) ?? 0));
  }
}

async function sendVisit({ journal, token, address, visit, numbers }) {
  for (let { said } = visit; said.length; ) {
    const n = numbers.get(visit.session) + 1;
    const taken = firstOf(said);
    const { meaning, last } = await send(address, commitOf(token, n, taken));
    numbers.set(visit.session, meaning === "renumber" ? Math.max(n, last) : n);
    if (meaning !== "done") return meaning;
    await journal.forget(taken);
    said = said.slice(taken.length);
  }
  return "done";
}
