/** How a shell comes to a fresh token, on a page of a few plain objects; tests/journeys/test_renewal.py has it in a real browser. */

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { Renewal } from "../../../player/browser/renewal.js";
import { until } from "./server.js";

const HOME = "https://app.lms.vn";
const channels = [];
globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) {
    super(name);
    this.unref();
    channels.push(this);
  }
};

let tokens;
let asked;
let outbox;

function page(framed) {
  for (const channel of channels.splice(0)) channel.close();
  asked = [];
  tokens = [];
  outbox = Object.assign(new EventTarget(), { renew: (token) => tokens.push(token) });
  globalThis.window = new EventTarget();
  window.parent = framed ? { postMessage: (said) => asked.push(said) } : window;
  window.open = (address) => asked.push(address);
  return new Renewal({ outbox, attempt: "a", address: `${HOME}/s/haiphong/attempts/a/renew` });
}

const needed = () => outbox.dispatchEvent(new Event("token", { cancelable: true }));
const answer = (data, more) => window.dispatchEvent(Object.assign(new Event("message"), { source: window.parent, origin: HOME, data, ...more }));

describe("in a frame", () => {
  beforeEach(() => page(true));

  it("the page around is asked, and the learner is not", () => {
    assert.equal(needed(), false);
    assert.deepEqual(asked, [{ haidang: "token", attempt: "a" }]);
    answer({ haidang: "token", attempt: "a", token: "fresh" });
    assert.deepEqual(tokens, ["fresh"]);
  });

  it("the learner is asked when that page has none", () => {
    needed();
    answer({ haidang: "token", attempt: "a", token: null });
    assert.deepEqual(tokens, [null]);
  });

  it("it is asked again when the learner comes back to the window", () => {
    needed();
    answer({ haidang: "token", attempt: "a", token: null });
    window.dispatchEvent(new Event("focus"));
    assert.equal(asked.length, 2);
    answer({ haidang: "token", attempt: "a", token: "fresh" });
    window.dispatchEvent(new Event("focus"));
    assert.equal(asked.length, 2);
  });

  for (const [what, said, more] of [
    ["of another attempt", { haidang: "token", attempt: "b", token: "theirs" }, {}],
    ["from another lesson", { haidang: "token", attempt: "a", token: "theirs" }, { origin: `https://c-${"0".repeat(32)}.lms.vn` }],
    ["from another window", { haidang: "token", attempt: "a", token: "theirs" }, { source: {} }],
    ["about another thing", { haidang: "saved", attempt: "a", token: "theirs" }, {}],
  ]) {
    it(`a message ${what} brings no token`, () => {
      needed();
      answer(said, more);
      assert.deepEqual(tokens, []);
      answer({ haidang: "token", attempt: "a", token: null }); // it waits no longer
    });
  }
});

describe("on a page of its own", () => {
  it("the learner is asked, and a window of the app brings a token", async () => {
    const renewal = page(false);
    assert.equal(needed(), true);
    renewal.signIn();
    assert.deepEqual(asked, [`${HOME}/s/haiphong/attempts/a/renew`]);
    new BroadcastChannel("haidang a").postMessage({ token: "fresh" });
    await until(() => tokens.length);
    assert.deepEqual(tokens, ["fresh"]);
  });
});
