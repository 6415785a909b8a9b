/** The page that checks: what stands behind `#` in its address, what is typed into its field, or what a picture shows. */

import { reader } from "./picture.js";
import { dayInWords, dayOf } from "./seal.js";
import { judge } from "./verdict.js";

const $ = (id) => document.getElementById(id);
const known = JSON.parse($("known").textContent);

async function check(text) {
  const found = await judge(text, known.keys, dayOf(new Date()));
  show(found.answer);
  if (found.seal) tell(found);
  $("again").hidden = false;
  $("answers").focus();
  $("answers").scrollIntoView();
}

/** Show one answer and no other. */
function show(answer) {
  for (const each of document.querySelectorAll("[data-answer]")) each.hidden = !each.dataset.answer.split(" ").includes(answer);
}

/** Write what the seal says: as text, never as anything else. */
function tell({ seal, key }) {
  words("name", seal.name);
  words("completed", seal.completed);
  words("number", seal.number);
  $("said-issuer").textContent = key.name;
  day("issued", seal.issued);
  $("row-until").hidden = !seal.until;
  if (seal.until) day("until", seal.until);
  $("cut").hidden = !(seal.name.cut || seal.completed.cut || seal.number.cut);
  $("online").href = `${known.origin}/s/${key.space}/verify/${seal.code}`;
}

function words(field, { text, cut }) {
  $(`said-${field}`).textContent = cut ? `${text}…` : text;
}

function day(field, days) {
  const { vi, en } = dayInWords(days);
  $(`said-${field}`).textContent = vi;
  $(`said-${field}-en`).textContent = en;
}

function fromAddress() {
  if (location.hash.length > 1) check(location.hash);
}

async function fromPicture(file) {
  const text = await (await reader())?.(file);
  if (text) await check(text);
  else show("nothing");
}

$("form").addEventListener("submit", (submit) => {
  submit.preventDefault();
  check($("typed").value);
});
$("picture").addEventListener("change", () => $("picture").files[0] && fromPicture($("picture").files[0]));
addEventListener("hashchange", fromAddress);

const age = dayInWords(known.day);
$("age").textContent = age.vi;
$("age-en").textContent = age.en;
$("kept").hidden = location.protocol === "file:";
$("starting").hidden = true;
$("ready").hidden = false;
reader().then((found) => ($("pictures").hidden = !found));
fromAddress();
if (location.protocol !== "file:") {
  navigator.serviceWorker?.register("worker.js").catch(() => {});
  navigator.serviceWorker?.ready.then(() => ($("remembered").hidden = false));
}
