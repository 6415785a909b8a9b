/** The shell: puts the API where lessons look for it, opens the lesson, and tells the learner honestly what is saved. */

import { Api12 } from "./api12.js";
import { DataModel } from "./datamodel.js";
import { Outbox } from "./outbox.js";

const launch = JSON.parse(document.getElementById("launch").textContent);
const saved = document.getElementById("saved");
const outbox = new Outbox({ ...launch, address: "/commit" });

window.API = new Api12(new DataModel(launch.table, launch.values), outbox);

outbox.addEventListener("state", (event) => {
  saved.dataset.state = event.detail;
  saved.textContent = launch.words[event.detail];
});

// A hint for the page around us; it asks the server for the truth.
outbox.addEventListener("receipt", () => {
  if (window.parent !== window) window.parent.postMessage({ haidang: "saved" }, "*");
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") outbox.hide();
  else outbox.stay();
});
window.addEventListener("pagehide", () => outbox.leave());
window.addEventListener("pageshow", () => outbox.stay());
window.addEventListener("online", () => outbox.retry());

document.getElementById("back").hidden = window.parent !== window;
document.getElementById("lesson").src = launch.lesson;
