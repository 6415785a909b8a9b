/** Spans of time, by the vectors. */

import assert from "node:assert/strict";
import { it } from "node:test";

import { clock, period } from "../../../player/browser/timespan.js";
import { vectors } from "./vectors.js";

const sums = vectors("timespans");

for (const [spans, total] of sums.clock) it(`${spans.join(" + ")} on a clock`, () => assert.equal(clock(...spans), total));
for (const [spans, total] of sums.period) it(`${spans.join(" + ")} as periods`, () => assert.equal(period(...spans), total));
