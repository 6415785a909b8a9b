/** The shell: puts the API where lessons look for it, opens the lesson, and tells the learner honestly what is saved. */

import { Api12 } from "./api12.js";
import { DataModel } from "./datamodel.js";
import { Outbox } from "./outbox.js";

const launch = JSON.parse(document.getElementById("launch").textContent);
const saved = document.getElementById("saved");
const outbox = new Outbox({ token: launch.token, session: launch.session, address: "/commit" });

window.API = new Api12(new DataModel(launch.table, launch.values), outbox);

outbox.addEventListener("state", (event) => {
  saved.dataset.state = event.detail;
  saved.textContent = launch.words[event.detail];
  // A hint for the page around us; it asks the server for the truth.
  if (window.parent !== window) window.parent.postMessage({ haidang: event.detail }, "*");
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") outbox.leave();
});
window.addEventListener("pagehide", () => outbox.leave());
window.addEventListener("online", () => outbox.commit());

document.getElementById("back").hidden = window.parent !== window;
document.getElementById("lesson").src = launch.lesson;
