/** SCORM 1.2's API (RTE 1.2, 3.3): eight functions over the data model; every answer comes from memory. */

const NO_ERROR = "0";
const GENERAL = "101";
const INVALID_ARGUMENT = "201";
const NOT_INITIALIZED = "301";

export class Api12 {
  #model;
  #outbox;
  #state = "fresh";
  #error = NO_ERROR;

  /** @param {import("./datamodel.js").DataModel} model @param {import("./outbox.js").Outbox} outbox */
  constructor(model, outbox) {
    this.#model = model;
    this.#outbox = outbox;
    // Lessons take the functions off the object and call them bare.
    for (const name of ["Initialize", "Finish", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"]) {
      this[`LMS${name}`] = this[`LMS${name}`].bind(this);
    }
  }

  LMSInitialize(argument) {
    if (argument !== "" && argument != null) return this.#refuse(INVALID_ARGUMENT);
    if (this.#state !== "fresh") return this.#refuse(GENERAL);
    this.#state = "running";
    this.#error = NO_ERROR;
    this.#outbox.commit();
    return "true";
  }

  /** Lessons call this on pagehide and again on unload: the second time is no harm. */
  LMSFinish(argument) {
    if (argument !== "" && argument != null) return this.#refuse(INVALID_ARGUMENT);
    if (this.#state === "fresh") return this.#refuse(NOT_INITIALIZED);
    if (this.#state === "running") this.#outbox.commit(true);
    this.#state = "finished";
    this.#error = NO_ERROR;
    return "true";
  }

  LMSGetValue(element) {
    if (this.#state !== "running") {
      this.#error = NOT_INITIALIZED;
      return "";
    }
    const value = this.#model.get(String(element));
    this.#error = this.#model.error;
    return value;
  }

  LMSSetValue(element, value) {
    if (this.#state !== "running") return this.#refuse(NOT_INITIALIZED);
    const text = value == null ? "" : String(value);
    const done = this.#model.set(String(element), text);
    this.#error = this.#model.error;
    if (done === "true") this.#outbox.put(String(element), text);
    return done;
  }

  LMSCommit(argument) {
    if (argument !== "" && argument != null) return this.#refuse(INVALID_ARGUMENT);
    if (this.#state !== "running") return this.#refuse(NOT_INITIALIZED);
    this.#error = NO_ERROR;
    this.#outbox.commit();
    return "true";
  }

  LMSGetLastError() {
    return this.#error;
  }

  LMSGetErrorString(code) {
    return this.#model.errors.get(String(code)) ?? "";
  }

  LMSGetDiagnostic(code) {
    return this.LMSGetErrorString(code === "" || code == null ? this.#error : code);
  }

  #refuse(code) {
    this.#error = code;
    return "false";
  }
}
