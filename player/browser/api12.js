/** SCORM 1.2's API (RTE 1.2, 3.3): eight functions over the data model. */

import { Api } from "./api.js";

const GENERAL = "101";
const NOT_INITIALIZED = "301";
const RUNNING_ONLY = { fresh: NOT_INITIALIZED, ended: NOT_INITIALIZED };

const CODES = {
  initialize: { running: GENERAL, ended: GENERAL },
  // Lessons end on pagehide and again on unload: the second time is no harm.
  terminate: { fresh: NOT_INITIALIZED },
  getValue: RUNNING_ONLY,
  setValue: RUNNING_ONLY,
  commit: RUNNING_ONLY,
};

export class Api12 extends Api {
  /** @param {import("./datamodel.js").DataModel} model @param {import("./api.js").Session} session */
  constructor(model, session) {
    super(model, session, CODES);
    this.offer({
      LMSInitialize: "initialize",
      LMSFinish: "terminate",
      LMSGetValue: "getValue",
      LMSSetValue: "setValue",
      LMSCommit: "commit",
      LMSGetLastError: "getLastError",
      LMSGetErrorString: "getErrorString",
      LMSGetDiagnostic: "getDiagnostic",
    });
  }
}
