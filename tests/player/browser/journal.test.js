/** The journal where there is no database; all that it keeps is proven in a real browser (tests/player/test_journal.py). */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Journal } from "../../../player/browser/journal.js";
import { ATTEMPT, left } from "./server.js";

describe("a journal without a database", () => {
  it("says that it keeps nothing, and harms nobody", async () => {
    const journal = await Journal.open();
    const said = left(1, 1, { a: "1" });
    journal.put(said[0]);
    journal.drop(said[0]);
    await journal.forget(said);
    await journal.setAside(said);
    assert.equal(await journal.settled(), false);
    assert.equal(journal.durable, false);
    assert.deepEqual([await journal.attempts(), await journal.waiting(ATTEMPT)], [[], []]);
  });
});
