/**
 * Visits on the browser's runtime: a line of JSON names the tables, each further line is a visit, and is answered by a line.
 * A visit is {edition, kept, given, access, calls: [[function, ...words]]}; the answer {answers: [[answer, error]], values}.
 */

import { createInterface } from "node:readline";

import { Api12 } from "../../../player/browser/api12.js";
import { Api2004 } from "../../../player/browser/api2004.js";
import { DataModel } from "../../../player/browser/datamodel.js";
import { opened } from "../../../player/browser/visit.js";

const NOBODY = { begin() {}, put() {}, commit() {}, finish() {} };

function play(tables, { edition, kept, given, access, calls }) {
  const model = new DataModel(tables[edition], opened(tables[edition], kept, given), access);
  const old = edition === "1.2";
  const api = old ? new Api12(model, NOBODY) : new Api2004(model, NOBODY);
  const lastError = old ? api.LMSGetLastError : api.GetLastError;
  const answers = calls.map(([name, ...words]) => [api[name](...words), lastError()]);
  return { answers, values: Object.fromEntries(model.values) };
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tables = JSON.parse((await lines.next()).value);
for await (const line of { [Symbol.asyncIterator]: () => lines }) console.log(JSON.stringify(play(tables, JSON.parse(line))));
