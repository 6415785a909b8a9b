/** What both APIs are: a lesson's session with the data model. Every answer comes from memory, and nothing that a lesson hands over makes one throw. */

const NO_ERROR = "0";
const INVALID_ARGUMENT = "201";

/** What takes a lesson's session further: the shell. @typedef {{begin(): void, put(element: string, value: string): void, commit(): void, finish(): void}} Session */

export class Api {
  #model;
  #session;
  #codes;
  #state = "fresh";
  #error = NO_ERROR;
  #diagnostic = "";

  /**
   * @param {import("./datamodel.js").DataModel} model
   * @param {Session} session
   * @param {Record<string, Record<string, string>>} codes the error of each call in each state in which it is no good
   */
  constructor(model, session, codes) {
    this.#model = model;
    this.#session = session;
    this.#codes = codes;
  }

  /** Lessons take the functions off the object and call them bare. @param {Record<string, string>} names */
  offer(names) {
    for (const [name, verb] of Object.entries(names)) this[name] = this[verb].bind(this);
  }

  initialize(argument) {
    if (this.#isRefused("initialize", argument)) return "false";
    this.#state = "running";
    this.#session.begin();
    return "true";
  }

  terminate(argument) {
    if (this.#isRefused("terminate", argument)) return "false";
    const running = this.#state === "running";
    this.#state = "ended";
    if (running) this.#session.finish();
    return "true";
  }

  getValue(element) {
    if (this.#isRefused("getValue", "")) return "";
    const value = this.#model.get(text(element));
    this.#learn();
    return value;
  }

  setValue(element, value) {
    if (this.#isRefused("setValue", "")) return "false";
    const [name, said] = [text(element), text(value)];
    const done = this.#model.set(name, said);
    this.#learn();
    if (done === "true") this.#session.put(name, said);
    return done;
  }

  commit(argument) {
    if (this.#isRefused("commit", argument)) return "false";
    this.#session.commit();
    return "true";
  }

  getLastError() {
    return this.#error;
  }

  getErrorString(code) {
    return this.#model.errors.get(text(code)) ?? "";
  }

  /** Of the last error in words, and with the element; of another what it means. */
  getDiagnostic(code) {
    const asked = text(code) || this.#error;
    return (asked === this.#error && this.#diagnostic) || this.getErrorString(asked);
  }

  #learn() {
    this.#error = this.#model.error;
    this.#diagnostic = this.#model.diagnostic;
  }

  #isRefused(verb, argument) {
    this.#diagnostic = "";
    this.#error = text(argument) === "" ? (this.#codes[verb][this.#state] ?? NO_ERROR) : INVALID_ARGUMENT;
    return this.#error !== NO_ERROR;
  }
}

/** What a lesson hands over, as text. What cannot be one is a text that no rule admits. */
function text(value) {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  try {
    return String(value);
  } catch {
    return "\0";
  }
}
