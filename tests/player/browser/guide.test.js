import assert from "node:assert/strict";
import { it } from "node:test";

import { Guide } from "../../../player/browser/guide.js";

const ITEMS = { a: { id: "a", title: "Bài a", address: "a.html" }, b: { id: "b", title: "Bài b", address: "b.html" } };
const contents = { requests: {}, hidden: [], jumps: true, entries: [] };

function next(item, more = {}) {
  return { revision: 1, item, opens: true, resumed: false, given: {}, access: {}, ended: false, suspended: false, exception: "", contents, ...more };
}

/** A guide whose page only takes notes. */
function guide() {
  const noted = { opened: [], cards: [], asked: [] };
  const nothing = () => {};
  const parts = {
    launch: { words: {} },
    course: { item: (id) => ITEMS[id] ?? null },
    outbox: {
      visit: (item, number) => ({ item, number }),
      navigate: async (_, asked) => { noted.asked.push(asked); return null; },
    },
    player: { open: ({ id }) => noted.opened.push(id), close: nothing, hasBegun: false },
    bar: { follow: nothing },
    notices: { show: (card) => noted.cards.push(card), clear: nothing, drop: nothing, card: "" },
    opening: {},
    deeds: { stay: { word: "stay" }, again: "again", menu: "menu", leave: "leave" },
    leave: nothing,
  };
  return { noted, guide: new Guide(parts, next("a")) };
}

it("asks whether to go on when two lessons send the learner from one to the other without end", () => {
  const { noted, guide: led } = guide();
  for (let round = 0; noted.cards.length === 0; round += 1) led.follow(next(round % 2 ? "b" : "a"));

  assert.equal(noted.opened.length, 40);
  assert.deepEqual(noted.cards[0].deeds, ["again", "menu", "leave"]);
});

it("opens then what is laid out, and not what was open before", () => {
  const { noted, guide: led } = guide();
  for (let round = 0; noted.cards.length === 0; round += 1) led.follow(next(round % 2 ? "b" : "a"));

  led.choose(led.here);

  assert.equal(noted.opened.at(-1), "a");
  assert.deepEqual(noted.asked, []);
});

it("goes back to what was open where nothing is laid out", () => {
  const { guide: led } = guide();
  led.follow(next("b"));
  led.follow(next(null, { opens: false, exception: "SB.2.7-2" }));

  assert.equal(led.here.id, "b");
});

for (const [request, cards] of [["exit", 0], ["exitAll", 1], ["abandon", 1], ["abandonAll", 1]]) {
  it(`asks ${cards ? "once more" : "nothing"} before ${request}`, () => {
    const { noted, guide: led } = guide();

    led.finish(request);

    const [sure] = noted.cards.filter(({ kind }) => kind === "sure");
    assert.equal(Boolean(sure), cards > 0);
    assert.equal(noted.asked.length, cards ? 0 : 1);
    sure?.deeds.at(-1).act();
    assert.deepEqual(noted.asked.map((one) => one.request), [request]);
  });
}

it("offers the ways on again to who stays where nothing is open", () => {
  const { noted, guide: led } = guide();
  led.follow(next(null, { opens: false }));

  led.finish("exitAll");
  noted.cards.at(-1).deeds[0].act();

  assert.equal(noted.cards.at(-1).kind, "choose");
  assert.deepEqual(noted.asked, []);
});
