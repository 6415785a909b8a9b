/** The form of a rule says what it means while it is written. Without this script “Try it” says the same. */

const form = document.getElementById("rule");
/** Milliseconds of rest after the last key: a sentence that changes with every letter is read by nobody. */
const REST = 400;
const places = Object.fromEntries([...document.querySelectorAll("[data-says]")].map((each) => [each.dataset.says, each]));
const summary = document.getElementById("summary");

let resting;
let asking;

/** Show a text where it belongs, or nothing there. */
function say(place, text) {
  place.hidden = !text;
  if (text && place.textContent !== text) place.textContent = text;
}

/** A problem leads to its field; one of the JSON has a place in it. */
function item({ id, place, says }) {
  const line = document.createElement("li");
  line.append(id ? Object.assign(document.createElement("a"), { href: `#${id}`, textContent: says }) : says);
  if (!id && place) line.append(" ", Object.assign(document.createElement("code"), { textContent: place }));
  return line;
}

/** Take away what was said at a field that is right by now. */
function unmark(problems) {
  const wrong = new Set(problems.map(({ field, says }) => `${field} ${says}`));
  for (const mistake of form.querySelectorAll(".mistake[data-field]")) {
    if (!wrong.has(`${mistake.dataset.field} ${mistake.textContent}`)) {
      mistake.closest(".wrong")?.classList.remove("wrong");
      mistake.remove();
    }
  }
  if (summary) summary.hidden = true; // from now on the list below the sentence is the newer one
}

function show({ sentences, problems }) {
  for (const language of ["vi", "en"]) say(places[language], sentences?.[language]);
  places.nothing.hidden = Boolean(sentences);
  places.good.hidden = !sentences || problems.some(({ hint }) => !hint);
  places.problems.replaceChildren(...problems.map(item));
  unmark(problems);
}

/** Ask what the rule says as it stands; an answer that has been overtaken is not waited for. */
async function ask() {
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body, signal: asking.signal, headers: { accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // No line at the moment: what is typed stays where it is, and the next key asks again.
  }
}

form.addEventListener("input", () => {
  clearTimeout(resting);
  resting = setTimeout(ask, REST);
});

/** A trial of many people goes on by itself, a moment at a time; what is changed meanwhile ends it. */
async function goOn() {
  for (let trial; (trial = document.querySelector("#trial[data-goes-on]")); ) {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "look");
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("trial");
      if (!answer.ok || !next || !trial.isConnected) return;
      trial.replaceWith(next);
    } catch {
      return; // The button is still there.
    }
  }
}

form.addEventListener("input", () => document.getElementById("trial")?.remove());
goOn();
