/** The page around a lesson: it asks for a launch, sends the frame there with the token in the body, and shows the true state. */

import { remember } from "./opened.js";

const player = document.getElementById("player");
const state = document.getElementById("state");
const { launch, attempts, space, version, origin, csrf, framed, state: stateAddress } = player.dataset;

/**
 * Firefox lets a window that a lesson has opened lead this page elsewhere, unless the window lies in the lesson's sandbox too; and it shows
 * a PDF there all the same. The others do not let it, and Chromium needs the way out of the sandbox for a lesson's PDFs.
 */
function keepWindowsInside(frame) {
  if ("mozInnerScreenX" in window) frame.sandbox.remove("allow-popups-to-escape-sandbox");
}

/** A form can send the attempt's token in its body: no address, history or log ever holds it. */
function submit(play, attempt, target) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: play, target, rel: target === "_blank" ? "noopener" : "", hidden: true });
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "attempt", value: attempt });
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}

/** Ask for the two tokens; nothing begins by that. */
async function ask() {
  const reply = await fetch(launch, { method: "POST", headers: { "X-CSRF-Token": csrf } });
  if (!reply.ok) throw new Error(`launch: ${reply.status}`);
  return reply.json();
}

function open({ play, attempt }, target) {
  remember(space, version);
  submit(`${play}?lang=${document.documentElement.lang}`, attempt, target); // the shell speaks as this page does
}

function tryToOpen(target) {
  ask().then(
    (told) => open(told, target),
    () => {
      document.getElementById("trouble").hidden = false;
    },
  );
}

/**
 * The lesson is open longer than its token holds: ask for another. A lesson may ask for the token of another attempt, so the answer goes to
 * the origin for which it is good, and to no other.
 */
async function renew(frame, attempt) {
  if (!/^[0-9a-f-]{36}$/.test(attempt)) return;
  const reply = await fetch(`${attempts}${attempt}/token`, { method: "POST", headers: { "X-CSRF-Token": csrf } }).catch(() => null);
  const renewed = reply?.ok ? await reply.json() : { attempt: null, origin };
  if (renewed.origin === origin) frame.postMessage({ haidang: "token", attempt, token: renewed.attempt }, origin);
}

async function refresh() {
  const reply = await fetch(stateAddress).catch(() => null);
  if (!reply?.ok) return;
  const word = (await reply.json()).state;
  if (!(word in state.dataset) || state.classList.contains(word)) return;
  state.textContent = state.dataset[word];
  state.className = `state ${word}`;
}

let looking = false;
let again = false;

/** The rules are asked a moment after the lesson was saved: look a few times, and once more round if there was news meanwhile. */
async function refreshSoon() {
  again = looking;
  if (looking) return;
  looking = true;
  for (const pause of [200, 300, 500, 1000, 2000, 4000]) {
    if (state.classList.contains("completed")) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    await refresh();
  }
  looking = false;
  if (again) refreshSoon();
}

if (framed === "yes") {
  window.addEventListener("message", (event) => {
    if (event.origin !== origin) return;
    if (event.data?.haidang === "saved") refreshSoon();
    if (event.data?.haidang === "token") renew(event.source, String(event.data.attempt));
  });
  keepWindowsInside(player.querySelector("iframe"));
  tryToOpen("lesson");
} else {
  // WebKit opens no window for a click that waits for an answer first: the tokens are there before it, and never old.
  let told = null;
  const prepare = async () => {
    told = await ask().catch(() => null);
  };
  const button = document.getElementById("open");
  prepare().finally(() => {
    button.disabled = false;
  });
  setInterval(prepare, 3_600_000);
  button.addEventListener("click", () => (told ? open(told, "_blank") : tryToOpen("_blank")));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") refreshSoon();
  });
  // The lesson may stand beside this page in a window of its own, from which no word comes here.
  setInterval(() => {
    if (document.visibilityState === "visible" && !state.classList.contains("completed")) refresh();
  }, 5000);
}
