import assert from "node:assert/strict";
import { it } from "node:test";

import { inWords, isMet, read } from "../../../player/browser/prerequisites.js";

const words = { and: " và ", or: " hoặc ", some: "{count} trong số {items}", not: "chưa {items}", "status p": "đạt" };
const STATUSES = { A: "completed", B: "incomplete", C: "passed", D: "failed", E: "not attempted", "unit-1": "completed" };
const standing = (item) => (item in STATUSES ? { done: ["completed", "passed"].includes(STATUSES[item]), status: STATUSES[item] } : null);

const SCRIPTS = [
  ["", true],
  ["A", true],
  ["B", false],
  ["D", false],
  ["unit-1", true],
  ["A&C", true],
  ["A&B", false],
  ["A|B", true],
  ["B|D", false],
  ["~B", true],
  ["~A", false],
  ["~~A", true],
  ["B&B|A", true], // & before |
  ["A|B&B", true],
  ["B&(B|A)", false],
  ["(A&C)|B", true],
  ['D="failed"', true],
  ["D=failed", true],
  ["D=f", true],
  ["D=F", true],
  ["A=passed", false],
  ["A<>passed", true],
  ["E=notattempted", true],
  ['B="incomplete"', true],
  ["2*{A,B,C}", true],
  ["3*{A,B,C}", false],
  ["2*{A&C,B|D,C}", true],
  ["0*{B}", true],
  ["A & B", false],
];
for (const [script, met] of SCRIPTS) {
  it(`finds ${script || "nothing to wait for"} ${met ? "met" : "not met"}`, () => {
    assert.equal(isMet(read(script), standing), met);
  });
}

const NOBODY = ["X", "~X", "X=passed", "X&A", "1*{X}"];
for (const script of NOBODY) {
  it(`waits for nobody whom no item is called: ${script}`, () => {
    assert.equal(isMet(read(script), standing), true);
  });
}

const SAID = [
  ["B", "“Bài B”"],
  ["A&B&D", "“Bài B” và “Bài D”"],
  ["B|D", "“Bài B” hoặc “Bài D”"],
  ["~A", "chưa “Bài A”"],
  ["A=passed", "“Bài A” (đạt)"],
  ["C<>passed", "chưa “Bài C” (đạt)"],
  ["3*{A,B,C}", "3 trong số “Bài A”, “Bài B”, “Bài C”"],
];
for (const [script, said] of SAID) {
  it(`says what ${script} waits for`, () => {
    assert.equal(inWords(read(script), standing, { title: (item) => `Bài ${item}`, words }), said);
  });
}
