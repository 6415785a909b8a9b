/** The page around a lesson: it asks for a launch, sends the frame there with the token in the body, and shows the true state. */

const player = document.getElementById("player");
const state = document.getElementById("state");
const { launch, origin, csrf, framed, state: stateAddress } = player.dataset;

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

async function open(target) {
  const reply = await fetch(launch, { method: "POST", headers: { "X-CSRF-Token": csrf } });
  if (!reply.ok) throw new Error(`launch: ${reply.status}`);
  const { play, attempt } = await reply.json();
  submit(play, attempt, target);
}

function tryToOpen(target) {
  open(target).catch(() => {
    document.getElementById("trouble").hidden = false;
  });
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
    if (event.origin === origin && event.data?.haidang === "saved") refreshSoon();
  });
  tryToOpen("lesson");
} else {
  document.getElementById("open").addEventListener("click", () => tryToOpen("_blank"));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") refreshSoon();
  });
  // The lesson may stand beside this page in a window of its own, from which no word comes here.
  setInterval(() => {
    if (document.visibilityState === "visible" && !state.classList.contains("completed")) refresh();
  }, 5000);
}
