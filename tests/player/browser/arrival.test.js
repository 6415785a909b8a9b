import assert from "node:assert/strict";
import { afterEach, it } from "node:test";

import { ask, statusOf, wordOf } from "../../../player/browser/arrival.js";

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

/** @param {number} [status] */
function lesson(status) {
  return { performance: { getEntriesByType: () => [{ responseStatus: status }] } };
}

const fromElsewhere = {
  get performance() {
    throw new Error("SecurityError");
  },
};

for (const [status, word] of [[200, "there"], [304, "there"], [401, "missing"], [404, "missing"], [503, "offline"], [0, "offline"]]) {
  it(`says ${word} of ${status}`, () => {
    assert.equal(wordOf(status), word);
  });
}

it("believes the browser where it knows", async () => {
  assert.equal(await ask(lesson(404), "/c/a.html"), "missing");
});

for (const [said, page] of [["an older browser", lesson()], ["one that says nothing", lesson(0)], ["a page from elsewhere", fromElsewhere]]) {
  it(`asks the server where the browser does not know: ${said}`, async () => {
    globalThis.fetch = async (address, { method }) => ({ status: address === "/c/a.html" && method === "HEAD" ? 200 : 500 });
    assert.equal(statusOf(page), undefined);
    assert.equal(await ask(page, "/c/a.html"), "there");
  });
}

it("finds no line where nobody answers", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  assert.equal(await ask(lesson(), "/c/a.html"), "offline");
});
