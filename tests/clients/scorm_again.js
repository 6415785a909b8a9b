/**
 * Visits on the runtime of other people: each line of JSON is a visit {edition, calls: [[function, ...words]]}, and is answered
 * by a line {answers: [[answer, error]]}, as tests/player/cmi/visits.js answers for ours.
 */

import { createInterface } from "node:readline";

import { Scorm12API } from "scorm-again/scorm12";
import { Scorm2004API } from "scorm-again/scorm2004";

const NEITHER_SENT_NOR_LOGGED = { autocommit: false, lmsCommitUrl: false, logLevel: "NONE", alwaysSendTotalTime: false };

/** What a launch gives, and ours has from its table. */
const LAUNCH = { cmi: { core: { entry: "ab-initio", credit: "credit", lesson_mode: "normal", total_time: "0000:00:00.00" } } };
const LAUNCH_2004 = { cmi: { entry: "ab-initio", credit: "credit", mode: "normal", total_time: "PT0H0M0S" } };

function play({ edition, calls }) {
  const old = edition === "1.2";
  const api = old ? new Scorm12API(NEITHER_SENT_NOR_LOGGED) : new Scorm2004API(NEITHER_SENT_NOR_LOGGED);
  api.loadFromJSON(old ? LAUNCH : LAUNCH_2004);
  const lastError = () => String(api.lmsGetLastError());
  return calls.map(([name, ...words]) => [String(api[name](...words)), lastError()]);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ answers: play(JSON.parse(line)) }));
}
