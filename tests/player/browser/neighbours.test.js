/** Whom a page of a lesson's origin speaks with. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { channelOf, isFromHome } from "../../../player/browser/neighbours.js";

const parent = {};
const ORIGINS = {
  "https://app.lms.vn": true,
  "http://app.lms.localhost:8080": true,
  "https://haiphong.lms.vn": true,
  "https://c-0123456789abcdef0123456789abcdef.lms.vn": false,
  "http://c-0123456789abcdef0123456789abcdef.lms.localhost:8080": false,
};

describe("the page around this one", () => {
  for (const [origin, home] of Object.entries(ORIGINS)) {
    it(`${origin} is ${home ? "one of ours" : "another lesson"}`, () => {
      globalThis.window = { parent };
      assert.equal(isFromHome({ source: parent, origin }), home);
    });
  }

  it("is no other window", () => {
    globalThis.window = { parent };
    assert.equal(isFromHome({ source: {}, origin: "https://app.lms.vn" }), false);
  });

  it("is not this page itself", () => {
    globalThis.window = {};
    window.parent = window;
    assert.equal(isFromHome({ source: window, origin: "https://app.lms.vn" }), false);
  });
});

it("browsers without channels are spoken with by the server alone", () => {
  const { BroadcastChannel } = globalThis;
  delete globalThis.BroadcastChannel;
  assert.equal(channelOf("a"), null);
  globalThis.BroadcastChannel = BroadcastChannel;
});
