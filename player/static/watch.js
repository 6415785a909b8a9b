/** Watches over the frame in which a lesson plays: a shell that is silent is held up by its lesson, and only this page can still say so. */

const frame = document.querySelector("iframe[name=lesson]");
const silent = document.getElementById("silent");
const trouble = document.getElementById("trouble");
const { origin, back } = document.getElementById("player").dataset;

/** Seconds of silence, seen by the learner, until it is spoken of: of a shell that was heard, and of one that is still to come. */
const PATIENCE = 8;
const PATIENCE_AT_FIRST = 30;

const LETTING_GO = 2000;

let quiet = 0;
let heard = false;

const HEARD = {
  alive() {
    quiet = 0;
    heard = true;
    silent.hidden = true;
    trouble.hidden = true;
    document.body.classList.add("under-way");
  },
  leave() {
    window.location.assign(back);
  },
};

window.addEventListener("message", ({ source, origin: from, data }) => {
  if (source === frame.contentWindow && from === origin && Object.hasOwn(HEARD, data?.haidang)) HEARD[data.haidang]();
});

// A page that is not seen has slow clocks, and so has its shell.
document.addEventListener("visibilitychange", () => {
  quiet = 0;
});

setInterval(() => {
  if (document.visibilityState === "hidden") return;
  quiet += 1;
  if (heard && quiet >= PATIENCE && silent.hidden) {
    silent.hidden = false;
    document.body.classList.remove("under-way");
  }
  if (!heard && quiet === PATIENCE_AT_FIRST) trouble.hidden = false;
}, 1000);

// A frame that is gone ends the process that its lesson holds up; a page loaded at once would be given the same one.
document.getElementById("anew").addEventListener("click", ({ target }) => {
  target.disabled = true;
  frame.remove();
  setTimeout(() => window.location.reload(), LETTING_GO);
});
