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
  if (reply?.ok && (await reply.json()).state === "completed") {
    state.textContent = state.dataset.completed;
    state.classList.add("completed");
    return true;
  }
  return false;
}

/** The rules are asked a moment after the lesson was saved: look a few times. */
async function refreshSoon() {
  for (let tries = 0; tries < 5; tries += 1) {
    if (await refresh()) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
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
  setInterval(refresh, 3000);
}
