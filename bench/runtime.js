/**
 * How long a lesson waits for SetValue: sessions as lessons have them, on the modules that a learner gets. Writes JSON: for each case
 * the seconds that a call took, on average, in each session.
 */

import { readFileSync } from "node:fs";

import { Api12 } from "../player/browser/api12.js";
import { Api2004 } from "../player/browser/api2004.js";
import { DataModel } from "../player/browser/datamodel.js";

const SECONDS = Number(process.argv[2]);
const NOBODY = { begin() {}, put() {}, commit() {}, finish() {} };
const table = (name) => JSON.parse(readFileSync(new URL(`../schemas/scorm/${name}.json`, import.meta.url), "utf8"));

const OLD = { table: table("1.2"), Api: Api12, initialize: "LMSInitialize", set: "LMSSetValue" };
const LATER = { table: table("2004"), Api: Api2004, initialize: "Initialize", set: "SetValue" };

/** Thirty questions, each with its place, its score and what the lesson remembers. */
function session(of, suspended) {
  const calls = [];
  for (let n = 0; n < 30; n += 1) {
    const question = `cmi.interactions.${n}`;
    calls.push([`${question}.id`, `Scene1_Slide${n}`], [`${question}.type`, "choice"]);
    calls.push([`${question}.correct_responses.0.pattern`, "a"], [`${question}.result`, n % 3 ? "correct" : "neutral"]);
    calls.push(...of(question, n), ["cmi.suspend_data", "x".repeat(suspended) + n]);
  }
  return calls;
}

const old = (question, n) => [
  [`${question}.student_response`, "a"],
  [`${question}.latency`, "00:00:12.50"],
  ["cmi.core.lesson_location", `slide ${n}`],
  ["cmi.core.lesson_status", "incomplete"],
  ["cmi.core.score.raw", String(n)],
  ["cmi.core.session_time", "00:12:30"],
];
const later = (question, n) => [
  [`${question}.learner_response`, "a[,]b"],
  [`${question}.latency`, "PT12.5S"],
  [`${question}.description`, "{lang=vi}Câu hỏi"],
  ["cmi.location", `slide ${n}`],
  ["cmi.completion_status", "incomplete"],
  ["cmi.score.scaled", String(n / 30)],
  ["cmi.session_time", "PT12M30S"],
];
const longest = () => Array.from({ length: 30 }, (_, n) => ["cmi.suspend_data", "ế".repeat(63_900) + n]);

const CASES = {
  "SetValue, SCORM 1.2": [OLD, session(old, 4000)],
  "SetValue, SCORM 2004": [LATER, session(later, 4000)],
  "SetValue of 64,000 characters, SCORM 1.2": [OLD, longest()],
};

function play({ table, Api, initialize, set }, calls) {
  const api = new Api(new DataModel(table, {}), NOBODY);
  api[initialize]("");
  const begun = performance.now();
  for (const [element, value] of calls) {
    if (api[set](element, value) !== "true") throw new Error(`${element} was refused`);
  }
  return (performance.now() - begun) / 1000 / calls.length;
}

const found = {};
for (const [name, [edition, calls]] of Object.entries(CASES)) {
  const end = performance.now() + SECONDS * 1000;
  found[name] = [];
  while (performance.now() < end) found[name].push(play(edition, calls));
}
console.log(JSON.stringify(found));
