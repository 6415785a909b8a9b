/**
 * How a lesson of a sequenced course is opened (docs/player.md, What comes next). Pure; the twin of player/opening.py.
 * @typedef {{resumed: boolean, given: Record<string, string>, access: Record<string, string>, taken: boolean}} Opening
 */

import { opened } from "./visit.js";

const OBJECTIVES = "cmi.objectives.";
const SUSPENDED = { "cmi.exit": "suspend" };

/** Of a course without a sequencer: each visit finds what the one before has left. @type {Opening} */
export const PLAINLY = { resumed: false, given: {}, access: {}, taken: true };

/**
 * Say what a visit finds: the first one as the sequencer wants it, a later one as it was left.
 * @param {any} table
 * @param {{opening: Opening, kept: {values: Record<string, string>, ended: boolean} | null, given: Record<string, string>}} about
 * @returns {Record<string, string>}
 */
export function found(table, { opening, kept, given }) {
  const launched = { ...given, ...opening.given };
  if (opening.taken) return opened(table, kept, launched);
  if (!opening.resumed || !kept) return opened(table, null, launched);
  const now = Object.entries(opening.given).filter(([name]) => name.startsWith(OBJECTIVES));
  return opened(table, { values: { ...kept.values, ...Object.fromEntries(now), ...SUSPENDED }, ended: true }, launched);
}
