/** The window in which the learner has signed in again: passes the fresh token on to the lesson's shell, then closes. */

import { channelOf } from "./neighbours.js";

const { attempt, token } = JSON.parse(document.getElementById("renewed").textContent);
export const channel = channelOf(attempt);

channel?.postMessage({ token });
// Not before the message has left; where the browser keeps the window open, its words say what to do.
setTimeout(() => window.close(), 500);
