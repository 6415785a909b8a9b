/** The way to the server: what is asked, what an answer means, and how much goes at once (docs/player.md, A commit). */

/** The visit itself among its elements: its value says whether it has ended. */
export const VISIT = "";
export const BEGUN = "begun";
export const ENDED = "ended";

/** What an answer means; every other one, and none, is "away": no line, or no service. */
const MEANINGS = {
  200: "done", 409: "renumber", 401: "token", 400: "refused", 413: "refused", 403: "closed", 404: "closed", 500: "broken",
};

const SILENCE = 20_000;
const BYTES_A_MILLISECOND = 4;

/** Bytes of values in one commit; a longer one goes alone. */
export const MOST = 500_000;

/** Bytes that stand around an element and its value. */
const AROUND = 6;

/**
 * Ask the server.
 * @param {string} address @param {object} said
 * @returns {Promise<{meaning: string, [field: string]: any}>}
 */
export async function ask(address, said) {
  const body = JSON.stringify(said);
  // A long text on a slow line takes its time. Some browsers of 2021 know no such signal, and wait as long as they like.
  const signal = AbortSignal.timeout?.(SILENCE + Math.ceil(body.length / BYTES_A_MILLISECOND));
  try {
    const reply = await fetch(address, { method: "POST", body, credentials: "omit", signal });
    const meaning = MEANINGS[reply.status] ?? "away";
    // A line that answers for the server (a hotel's page) says 200 as well, but nothing that can be read.
    const answer = meaning === "done" || meaning === "renumber" ? await reply.json() : {};
    if (meaning === "renumber" && !Number.isSafeInteger(answer.last)) return { meaning: "away" };
    return { ...answer, meaning };
  } catch {
    return { meaning: "away" };
  }
}

/**
 * Send a commit; a receipt for another number is none.
 * @param {string} address @param {ReturnType<typeof commitOf>} commit
 */
export async function send(address, commit) {
  const answer = await ask(`${address}/commit`, commit);
  return answer.meaning === "done" && answer.receipt !== commit.n ? { meaning: "away" } : answer;
}

/**
 * Write a commit of what one visit has said.
 * @param {string} token @param {number} n @param {import("./journal.js").Said[]} said
 */
export function commitOf(token, n, said) {
  const [{ attempt, session, visit, item }] = said;
  const values = Object.fromEntries(said.filter(({ element }) => element !== VISIT).map(({ element, value }) => [element, value]));
  const newest = said.reduce((at, one) => Math.max(at, one.at), 0);
  return { token, attempt, session, n, item, visit, values, finished: isEnd(said), age: Math.max(0, Date.now() - newest) };
}

/** Write a commit that says nothing: something is asked with it. */
export function emptyCommit(token, n, { attempt, session, item, visit }) {
  return { token, attempt, session, n, item, visit, values: {}, finished: false, age: 0 };
}

function isEnd(said) {
  return said.some(({ element, value }) => element === VISIT && value === ENDED);
}

/** Take as many as fit, in their order; one at least. @template {{element: string, value: string}} T @param {T[]} said @returns {T[]} */
export function firstOf(said, most = MOST) {
  let room = most;
  const taken = said.findIndex((one) => (room -= sizeOf(one)) < 0);
  return taken < 0 ? said : said.slice(0, Math.max(1, taken));
}

/** Take as many as fit, the shortest rather than the longest. @template {{element: string, value: string}} T @param {T[]} said @returns {T[]} */
export function shortestOf(said, most) {
  let room = most;
  const sized = said.map((one) => ({ one, size: sizeOf(one) })).sort((one, other) => one.size - other.size);
  const chosen = new Set(sized.filter(({ size }) => (room -= size) >= 0).map(({ one }) => one));
  return said.filter((one) => chosen.has(one));
}

function sizeOf({ element, value }) {
  return bytesOf(element) + bytesOf(value) + AROUND;
}

/** How many bytes a text is on the wire: a Vietnamese letter takes up to three, and quotes and breaks one more each. */
export function bytesOf(text) {
  return new TextEncoder().encode(JSON.stringify(text)).length - 2;
}
