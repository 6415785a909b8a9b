/** The shell: puts the API where lessons look for it, opens the lesson, and tells the learner honestly what is saved. */

import { Api12 } from "./api12.js";
import { Api2004 } from "./api2004.js";
import { DataModel } from "./datamodel.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { Renewal } from "./renewal.js";
import { opened } from "./visit.js";

const launch = JSON.parse(document.getElementById("launch").textContent);
const saved = document.getElementById("saved");
const first = launch.items.find((item) => item.address !== null);

const outbox = new Outbox({ attempt: launch.attempt, token: launch.token, journal: await Journal.open() });
const renewal = new Renewal({ outbox, attempt: launch.attempt, address: `${launch.back}attempts/${launch.attempt}/renew` });

outbox.addEventListener("state", (event) => {
  saved.dataset.state = event.detail;
  saved.textContent = launch.words[event.detail];
  document.getElementById("signin").hidden = event.detail !== "signin";
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

document.getElementById("signin").addEventListener("click", () => renewal.signIn());
document.getElementById("back").hidden = window.parent !== window;

const begun = await outbox.begin();
const item = launch.items.find(({ id }) => id === begun.item) ?? first;
const kept = begun.tracks[item.id];

const model = new DataModel(launch.table, opened(launch.table, kept ?? null, item.given));
const visit = outbox.visit(item.id, 1);

if (launch.edition === "1.2") window.API = new Api12(model, visit);
else window.API_1484_11 = new Api2004(model, visit);
document.getElementById("lesson").src = launch.files + item.address;
