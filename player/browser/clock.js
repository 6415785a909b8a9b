/** The time that an item allows (SCORM 1.2: max_time_allowed, time_limit_action; 2004: the same), and what is said and done about it. */

const MINUTE = 60_000;

/** Minutes before the end at which a learner is told; not where that would be at once. */
const WARNINGS = [10, 5, 1];

const TIMESPAN = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$/;
const PERIOD = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = [365 * 86_400, 30 * 86_400, 86_400, 3600, 60, 1];

/** Read a span of time of either edition, in milliseconds; what is none is nothing. @param {string} [span] */
export function millisecondsOf(span = "") {
  const clock = TIMESPAN.exec(span);
  const parts = clock ? [0, 0, 0, ...clock.slice(1)] : (PERIOD.exec(span)?.slice(1) ?? []);
  return 1000 * parts.reduce((sum, part, at) => sum + Number(part ?? 0) * SECONDS[at], 0);
}

/** Read the limit out of what an item is given; null for none. @param {Record<string, string>} given @param {string} edition */
export function limitOf(given, edition) {
  const at = edition === "1.2" ? "cmi.student_data." : "cmi.";
  const allowed = millisecondsOf(given[`${at}max_time_allowed`]);
  if (!allowed) return null;
  const [action = "continue", message = "no message"] = (given[`${at}time_limit_action`] ?? "").split(",");
  return { allowed, exits: action === "exit", tells: message === "message" };
}

/** Runs while an item is open. Events: "warning" (minutes that are left), "over". */
export class Clock extends EventTarget {
  #timers = [];

  /** @param {number} left milliseconds */
  start(left) {
    this.stop();
    for (const minutes of WARNINGS) {
      const until = left - minutes * MINUTE;
      if (until > MINUTE / 2) this.#at(until, () => this.dispatchEvent(new CustomEvent("warning", { detail: minutes })));
    }
    this.#at(Math.max(0, left), () => this.dispatchEvent(new Event("over")));
  }

  stop() {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  /** A device that slept wakes late: look at the clock, and not only at the timer. */
  #at(milliseconds, act) {
    const due = Date.now() + milliseconds;
    const timer = setInterval(() => {
      if (Date.now() < due) return;
      clearInterval(timer);
      act();
    }, Math.min(1000, Math.max(1, milliseconds)));
    this.#timers.push(timer);
  }
}
