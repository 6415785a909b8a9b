/** How far a job is, asked every two seconds; without this script the page asks for itself anew. */

const job = document.getElementById("job");
const EVERY = 2000;
const bar = job.querySelector("progress");
const [words, left, away] = ["words", "left", "away"].map((name) => job.querySelector(`[data-says="${name}"]`));

function show(state) {
  bar.max = state.total;
  bar.value = state.seen;
  words.textContent = state.words;
  left.textContent = state.left;
}

/** What the server does goes on without us: a line that breaks is told, and asked again. */
async function ask() {
  try {
    const answer = await fetch(job.dataset.state, { headers: { accept: "application/json" } });
    if (answer.status >= 400 && answer.status < 500) return location.reload(); // signed out, or gone: the page says so
    if (!answer.ok) throw new Error(`${answer.status}`);
    const state = await answer.json();
    away.hidden = true;
    if (state.finished || state.stopped !== job.dataset.stopped) return location.reload();
    show(state);
  } catch {
    away.hidden = false;
  }
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
