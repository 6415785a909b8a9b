/** SCORM 2004's API (RTE 2004, 3.1): the same over the data model of the 2nd, 3rd or 4th edition. */

import { Api } from "./api.js";

const CODES = {
  initialize: { running: "103", ended: "104" },
  terminate: { fresh: "112", ended: "113" },
  getValue: { fresh: "122", ended: "123" },
  setValue: { fresh: "132", ended: "133" },
  commit: { fresh: "142", ended: "143" },
};

export class Api2004 extends Api {
  /** IEEE 1484.11.2, 6.2: lessons may ask which interface this is. */
  version = "1.0";

  /** @param {import("./datamodel.js").DataModel} model @param {import("./api.js").Session} session */
  constructor(model, session) {
    super(model, session, CODES);
    this.offer({
      Initialize: "initialize",
      Terminate: "terminate",
      GetValue: "getValue",
      SetValue: "setValue",
      Commit: "commit",
      GetLastError: "getLastError",
      GetErrorString: "getErrorString",
      GetDiagnostic: "getDiagnostic",
    });
  }
}
