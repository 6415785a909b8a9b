/** A fresh token reaches the windows of its attempt. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { it } from "node:test";

it("passes the token on, and closes", async () => {
  const renewed = { attempt: "a", token: "fresh" };
  const waiting = new BroadcastChannel("haidang a");
  let closed;
  const closing = new Promise((resolve) => (closed = resolve));
  Object.assign(globalThis, {
    document: { getElementById: () => ({ textContent: JSON.stringify(renewed) }) },
    window: { close: closed },
  });
  const heard = once(waiting, "message");

  const { channel } = await import("../../../player/browser/renewed.js");

  const [{ data }] = await heard;
  assert.deepEqual(data, { token: "fresh" });
  await closing;
  waiting.close();
  channel.close();
});
