/** Tabs of one browser, with the locks and channels that Node has as well. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Tab, someTabIsOpen, whileClosed } from "../../../player/browser/tabs.js";
import { until } from "./server.js";

const channels = [];
globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) {
    super(name);
    this.unref();
    channels.push(this);
  }
};

describe("two tabs with one attempt", () => {
  it("the second has it when the first has said all", async () => {
    const order = [];
    const first = new Tab("a", async () => order.push("first lets go"));
    await first.take();
    const second = new Tab("a", async () => order.push("second lets go"));
    await second.take();
    order.push("second has it");
    assert.deepEqual(order, ["first lets go", "second has it"]);
  });

  it("the second does not wait for ever for one that sleeps, which is told when it wakes", async () => {
    const order = [];
    const sleeping = new Tab("b", () => new Promise((resolve) => setTimeout(resolve, 1000)).then(() => order.push("told")));
    await sleeping.take();
    const second = new Tab("b", async () => {});
    await second.take(100);
    order.push("second has it");
    await until(() => order.includes("told"));
    assert.equal(order[0], "second has it");
  });

  it("those of other attempts are left alone", async () => {
    let asked = 0;
    await new Tab("c", async () => (asked += 1)).take();
    await new Tab("d", async () => {}).take();
    assert.equal(asked, 0);
  });
});

describe("what is sent from elsewhere", () => {
  it("is sent while no tab has the attempt open", async () => {
    let acted = 0;
    await whileClosed("e", async () => (acted += 1));
    assert.equal(acted, 1);
  });

  for (const [attempt, open] of [["g", false], ["h", true]]) {
    it(`is ${open ? "left to an open tab" : "sent"} where there are no locks`, async (test) => {
      test.mock.getter(navigator, "locks", () => undefined);
      if (open) await new Tab(attempt, async () => {}).take();
      let acted = 0;
      await whileClosed(attempt, async () => (acted += 1));
      assert.equal(acted, open ? 0 : 1);
    });
  }

  it("is left to the tab that has it open", async () => {
    await new Tab("f", async () => {}).take();
    let acted = 0;
    await whileClosed("f", async () => (acted += 1));
    assert.equal(acted, 0);
    assert.equal(await someTabIsOpen(), true);
  });
});
