/**
 * The connection to the learning system: finds its API, speaks SCORM 1.2 or 2004 to it, and does without where there is none.
 * Everything of the kit keeps to ES2018: lessons open on phones that nobody has updated for years.
 */

const FARTHEST = 100;
const MOST_OF_A_DESCRIPTION = 250;

/** What both editions have, each under its own name. */
const DIALECTS = {
  "1.2": {
    api: "API",
    calls: { begin: "LMSInitialize", end: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", save: "LMSCommit" },
    place: "cmi.core.lesson_location",
    status: "cmi.core.lesson_status",
    mastery: "cmi.student_data.mastery_score",
    most: 100,
    score: "cmi.core.score",
    exit: "cmi.core.exit",
    time: "cmi.core.session_time",
    response: "student_response",
    moment: "time",
    wrong: "wrong",
    span: timespan,
    clock: (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`,
  },
  "2004": {
    api: "API_1484_11",
    calls: { begin: "Initialize", end: "Terminate", get: "GetValue", set: "SetValue", save: "Commit" },
    place: "cmi.location",
    status: "cmi.completion_status",
    mastery: "cmi.scaled_passing_score",
    most: 1,
    score: "cmi.score",
    exit: "cmi.exit",
    time: "cmi.session_time",
    response: "learner_response",
    moment: "timestamp",
    wrong: "incorrect",
    span: duration,
    clock: (date) => `${date.toISOString().slice(0, 19)}Z`,
  },
};

const UNTOUCHED = ["", "not attempted", "unknown"];

/** Find the API of the lesson's own edition, or of the other: in this window, around it, or in the one that opened it. */
export function findApi(start, edition) {
  const editions = [edition].concat(Object.keys(DIALECTS).filter((one) => one !== edition));
  for (const one of editions) {
    const api = around(start, DIALECTS[one].api);
    if (api) return { api, edition: one };
  }
  return null;
}

function around(start, name) {
  let win = start;
  for (let steps = 0; win && steps < FARTHEST; steps += 1) {
    const api = within(win, name);
    if (api) return api;
    win = win.parent && win.parent !== win ? win.parent : win.opener;
  }
  return null;
}

function within(win, name) {
  try {
    return win[name] || null;
  } catch (error) {
    return null; // a window of somebody else
  }
}

export class Record {
  /** Without an API it keeps nothing, and `connected` says so. */
  constructor(start, edition) {
    const found = findApi(start, edition);
    this.api = found && found.api;
    this.edition = found ? found.edition : edition;
    this.dialect = DIALECTS[this.edition];
    this.connected = false;
    this.began = 0;
  }

  begin() {
    if (!this.api || this.call("begin", "") !== "true") return false;
    this.connected = true;
    this.began = Date.now();
    if (UNTOUCHED.includes(this.get(this.dialect.status))) this.set(this.dialect.status, "incomplete");
    return true;
  }

  /** What an earlier visit has left. */
  get memory() {
    return this.get("cmi.suspend_data");
  }

  /** How much of 1 passes, where the system says so. */
  get mastery() {
    const said = this.get(this.dialect.mastery);
    return said === "" ? null : Number(said) / this.dialect.most;
  }

  /** Keep the place and what belongs to it, and how much of the whole has been seen. */
  keep(place, memory, progress) {
    this.set(this.dialect.place, place);
    this.set("cmi.suspend_data", memory);
    if (this.edition === "2004") this.set("cmi.progress_measure", String(progress));
  }

  /** Report one answer; every try is an interaction of its own, the first one first. */
  answer({ id, ask, response, right, correct, seconds }) {
    const { dialect } = this;
    const at = `cmi.interactions.${Number(this.get("cmi.interactions._count")) || 0}`;
    this.set(`${at}.id`, id);
    this.set(`${at}.type`, "choice");
    if (this.edition === "2004") this.set(`${at}.description`, `{lang=vi}${ask}`.slice(0, MOST_OF_A_DESCRIPTION));
    this.set(`${at}.${dialect.moment}`, dialect.clock(new Date()));
    correct.forEach((one, n) => this.set(`${at}.correct_responses.${n}.pattern`, one));
    this.set(`${at}.weighting`, "1");
    this.set(`${at}.${dialect.response}`, response);
    this.set(`${at}.result`, right ? "correct" : dialect.wrong);
    this.set(`${at}.latency`, dialect.span(seconds));
  }

  /** Report the score as a share of 1. */
  score(share) {
    const { score } = this.dialect;
    if (this.edition === "2004") this.set(`${score}.scaled`, String(Math.round(share * 100) / 100));
    this.set(`${score}.min`, "0");
    this.set(`${score}.max`, "100");
    this.set(`${score}.raw`, String(Math.round(share * 100)));
  }

  /** Report that the end is reached. SCORM 1.2 has one word for both; nobody who came this far is told "failed" in it. */
  reached(passed) {
    if (this.edition === "2004") {
      this.set("cmi.completion_status", "completed");
      this.set("cmi.success_status", passed ? "passed" : "failed");
    } else {
      this.set("cmi.core.lesson_status", passed ? "passed" : "completed");
    }
  }

  save() {
    if (this.connected) this.call("save", "");
  }

  /** End the visit so that the next one goes on from here. */
  end() {
    if (!this.connected) return;
    this.set(this.dialect.time, this.dialect.span((Date.now() - this.began) / 1000));
    this.set(this.dialect.exit, "suspend");
    this.save();
    this.call("end", "");
    this.connected = false;
  }

  get(element) {
    return this.connected ? String(this.call("get", element)) : "";
  }

  set(element, value) {
    if (this.connected) this.call("set", element, value);
  }

  call(what, ...words) {
    return String(this.api[this.dialect.calls[what]](...words));
  }
}

function two(number) {
  return String(number).padStart(2, "0");
}

/** Seconds as SCORM 1.2 writes them: 0000:01:05.20. */
export function timespan(seconds) {
  const hundredths = Math.round(seconds * 100);
  const [whole, rest] = [Math.floor(hundredths / 100), hundredths % 100];
  const hours = String(Math.floor(whole / 3600)).padStart(4, "0");
  return `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(rest)}`;
}

/** Seconds as SCORM 2004 writes them: PT65.2S. */
export function duration(seconds) {
  return `PT${Math.round(seconds * 100) / 100}S`;
}
