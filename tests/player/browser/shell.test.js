/** The shell, on a page of a few plain objects; tests/journeys has it in a real browser. */

import assert from "node:assert/strict";
import { after, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { table } from "./vectors.js";

const launch = {
  attempt: "attempt",
  token: "token",
  edition: "1.2",
  files: "/c/token/",
  table,
  items: [{ id: "i1", address: "index.html", given: {} }],
  back: "https://app.lms.vn/s/haiphong/",
  words: { sending: "Saving", saved: "Saved", signin: "Sign in" },
};
const elements = {
  launch: { textContent: JSON.stringify(launch) },
  saved: { dataset: {}, textContent: "" },
  back: { hidden: undefined },
  signin: Object.assign(new EventTarget(), { hidden: undefined }),
  lesson: {
    set src(address) {
      this.opened = { address, api: window.API !== undefined };
    },
  },
};
const page = Object.assign(new EventTarget(), { visibilityState: "visible", getElementById: (id) => elements[id] });
const messages = [];
const window = Object.assign(new EventTarget(), { parent: { postMessage: (message) => messages.push(message) } });
const commits = [];
let status = 200;

delete globalThis.BroadcastChannel; // it would keep this process alive
Object.assign(globalThis, {
  document: page,
  window,
  fetch: async (address, { body }) => {
    if (address === "/begin") return Response.json({ session: 1, item: "", tracks: {} });
    commits.push([address, JSON.parse(body)]);
    return Response.json({ receipt: JSON.parse(body).n }, { status });
  },
});

await import("../../../player/browser/shell.js");

after(async () => {
  status = 401; // it sends no more, and leaves no timer behind
  window.API.LMSSetValue("cmi.core.lesson_location", "last");
  while (messages.at(-1)?.haidang !== "token") await pause(10);
  const none = { haidang: "token", attempt: "attempt", token: null };
  window.dispatchEvent(Object.assign(new Event("message"), { source: window.parent, origin: "https://app.lms.vn", data: none }));
  while (elements.saved.textContent !== "Sign in") await pause(10);
  assert.equal(elements.signin.hidden, false);
});

it("opens the lesson when its API is there, and shows the way back only on a page of its own", () => {
  assert.deepEqual(elements.lesson.opened, { address: "/c/token/index.html", api: true });
  assert.equal(elements.back.hidden, true);
});

it("says what is saved, and gives the page around it a hint", async () => {
  window.API.LMSInitialize("");
  while (elements.saved.dataset.state !== "saved") await pause(10);
  assert.equal(elements.saved.textContent, "Saved");
  assert.equal(commits[0][0], "/commit");
  assert.deepEqual(messages, [{ haidang: "saved" }]);
});
