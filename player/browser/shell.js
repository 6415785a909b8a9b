/** The shell: puts the API where lessons look for it, opens the lesson, and tells the learner honestly what is saved. */

import { Api12 } from "./api12.js";
import { Api2004 } from "./api2004.js";
import { DataModel } from "./datamodel.js";
import { Outbox } from "./outbox.js";
import { opened } from "./visit.js";

const launch = JSON.parse(document.getElementById("launch").textContent);
const saved = document.getElementById("saved");
const first = launch.items.find((item) => item.address !== null);

/** Give the attempt to a new session, and find out what stands in it. */
async function begin() {
  const reply = await fetch("/begin", { method: "POST", body: JSON.stringify({ token: launch.token }), credentials: "omit" });
  if (!reply.ok) throw new Error(`begin: ${reply.status}`);
  return reply.json();
}

const begun = await begin();
const item = launch.items.find(({ id }) => id === begun.item) ?? first;
const kept = begun.tracks[item.id];
const outbox = new Outbox({ ...launch, session: begun.session, n: 0, item: item.id, visit: 1, address: "/commit" });

const model = new DataModel(launch.table, opened(launch.table, kept ?? null, item.given));
const session = { begin: () => outbox.commit(), put: (...said) => outbox.put(...said), commit: () => outbox.commit(), finish: () => outbox.commit(true) };

if (launch.edition === "1.2") window.API = new Api12(model, session);
else window.API_1484_11 = new Api2004(model, session);

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
document.getElementById("lesson").src = launch.files + item.address;
