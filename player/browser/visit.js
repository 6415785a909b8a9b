/**
 * Visits to a SCO: what one finds of the one before, and what its end makes of what was said. Pure; the twin of player/cmi/visit.py.
 * @typedef {Record<string, string>} Values
 */

import { verdict } from "./datamodel.js";
import { general } from "./element.js";
import { clock, period } from "./timespan.js";

const ADD = { clock, period };

/**
 * What a lesson reads at Initialize. A visit that never ended (a closed tab, a power cut) counts as suspended.
 * @param {any} table
 * @param {{values: Values, ended: boolean} | null} kept what stands from the visit before
 * @param {Values} given what this launch says: the learner, the mode, what the manifest has
 * @returns {Values}
 */
export function opened(table, kept, given) {
  const { entry, again, fresh, total_time: total } = table.visit;
  if (kept === null || isNothing(kept)) return { ...given, [entry]: "ab-initio" };
  const resumed = isSuspended(table, kept);
  if (fresh && !resumed) return { ...given, [entry]: again };
  const launched = Object.entries(given).filter(([name]) => isOfLaunch(table, name) || !(name in kept.values));
  return {
    ...Object.fromEntries(Object.entries(kept.values).filter(([name]) => isOfLesson(table, name))),
    ...Object.fromEntries(launched),
    [total]: totalTime(table, kept.values),
    [entry]: resumed ? "resume" : again,
  };
}

/** What Terminate and LMSFinish make of what was said. @param {any} table @param {Values} values @param {Values} given @returns {Values} */
export function closed(table, values, given) {
  const read = reader(table, { ...values, ...given });
  const found = table.visit.mastery ? byMastery(table.visit, read) : byMeasures(table, read);
  return { ...values, ...found };
}

/**
 * What sequencing takes for granted when an attempt ends without a word about it: done, and done well (SN 2004, UP.4). A SCO whose
 * manifest says `completionSetByContent` or `objectiveSetByContent` is not taken at silence; the caller leaves that one out.
 * @param {any} table @param {Values} values @param {Values} given @returns {Values}
 */
export function assumed(table, values, given) {
  if (isSuspended(table, { values, ended: true })) return {};
  const read = reader(table, { ...values, ...given });
  const open = Object.entries(table.visit.assumed ?? {}).filter(([name]) => read(name) === "unknown");
  return Object.fromEntries(open);
}

/** The time of all visits to an attempt, the last one too. @param {any} table @param {Values} values */
export function totalTime(table, values) {
  const { total_time: total, session_time: session, time } = table.visit;
  return ADD[time](values[total] ?? "", values[session] ?? "");
}

/** RTE 1.2, 3.4.4, cmi.core.lesson_status: silence is completion; a mastery score decides where there is credit and a score. */
function byMastery({ status, score, mastery, credit, mode, exit }, read) {
  const before = read(status);
  const silent = before === "not attempted";
  const said = silent ? silence(read(mode), read(exit)) : before;
  const halfway = before === "incomplete" && read(exit) === "suspend";
  const decides = read(mastery) && read(score) && read(credit) === "credit" && read(mode) === "normal" && !halfway;
  if (!decides) return silent ? { [status]: said } : {};
  return { [status]: Number(read(score)) >= Number(read(mastery)) ? "passed" : "failed" };
}

/** A learner who comes back has not completed it yet. */
function silence(mode, exit) {
  if (exit === "suspend") return "incomplete";
  return mode === "browse" ? "browsed" : "completed";
}

/** RTE 2004, 4.2.4 and 4.2.22: thresholds decide where there are any. */
function byMeasures(table, read) {
  const judged = Object.entries(table.elements).filter(([, rule]) => rule.judged);
  const found = judged.map(([name, rule]) => [name, verdict(rule.judged, read)]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found);
}

function isSuspended(table, { values, ended }) {
  const { exit, request } = table.visit;
  return !ended || values[exit] === "suspend" || (request !== undefined && values[request] === "suspendAll");
}

/** A page that was opened and left without a word. */
function isNothing({ values, ended }) {
  return !ended && Object.keys(values).length === 0;
}

function isOfLesson(table, name) {
  const known = general(name);
  const rule = Object.hasOwn(table.elements, known) ? table.elements[known] : undefined;
  return rule !== undefined && rule.access.includes("w") && !rule.session && !rule.given;
}

function isOfLaunch(table, name) {
  return !isOfLesson(table, name);
}

function reader(table, values) {
  return (name) => values[name] ?? table.elements[name]?.default;
}
