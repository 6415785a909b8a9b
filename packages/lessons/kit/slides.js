/** Timed slides: they go on by themselves at a slow reader's speed, wait when told to, and stop at questions. */

import { button, make, picture, sign } from "./elements.js";
import { Frame } from "./frame.js";
import { Pace, readingSeconds } from "./pace.js";
import { ask } from "./question.js";

const frame = new Frame();
const { content, visit } = frame;
const { steps } = content;
const pace = new Pace(() => go(1), { running: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
let at = 0;

function begin() {
  if (visit.notes.done) visit.askAgain(visit.questions);
  show(0);
}

function goOn() {
  show(Math.max(0, steps.findIndex((step) => step.id === visit.notes.at)));
}

function go(by) {
  if (at + by >= steps.length) {
    pace.stop();
    visit.finish(steps[steps.length - 1].id);
    frame.end({ begin });
  } else {
    show(Math.max(0, at + by));
  }
}

/** Whoever holds a thumb, or the keyboard, over the button that stops finds it there on the next slide too. */
function show(to) {
  const holding = document.activeElement && document.activeElement.classList.contains("hold");
  at = to;
  const step = steps[at];
  visit.reach(step.id, at / steps.length);
  if (step.question) {
    pace.stop();
    const over = `Trang ${at + 1} / ${steps.length} · Câu hỏi`;
    frame.show(make("div", { class: "screen" }, ask(visit, { ...step.question, over }, { goOn: () => go(1), review: () => go(-1) }), controls(false)));
  } else {
    frame.show(make("div", { class: "screen" }, slide(step), controls(true)));
    pace.start(readingSeconds([step.title].concat(step.says)));
    if (holding) frame.main.querySelector(".hold").focus({ preventScroll: true });
  }
}

function slide(step) {
  return make(
    "section",
    { class: "card slide" },
    picture(step.picture, step.paper),
    make("p", { class: "over" }, `Trang ${at + 1} / ${steps.length}`),
    make("h2", {}, step.title),
    ...step.says.map((words) => make("p", {}, words)),
  );
}

/** On a question there is no way forward but its answer. */
function controls(timed) {
  const bar = make("nav", { class: timed ? "controls" : "controls alone", "aria-label": "Chuyển trang" });
  bar.append(button("Quay lại", () => go(-1), { icon: "back", disabled: at === 0, "aria-keyshortcuts": "ArrowLeft" }));
  if (!timed) return bar;
  const hold = button("", () => pace.toggle(), { icon: "pause", class: "button quiet hold" });
  const rest = make("span", { class: "rest", "aria-hidden": "true" });
  pace.told = ({ running, share }) => {
    hold.textContent = "";
    hold.append(sign(running ? "pause" : "play"), make("span", {}, running ? "Dừng lại" : "Tự chạy"));
    rest.style.transform = `scaleX(${share})`;
  };
  bar.append(hold, button("Tiếp", () => go(1), { icon: "next", kind: "deed", behind: true, "aria-keyshortcuts": "ArrowRight" }), rest);
  return bar;
}

document.addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by && frame.main.querySelector(".slide") && !(event.altKey || event.ctrlKey || event.metaKey)) go(by);
});
document.addEventListener("visibilitychange", () => document.hidden && pace.hold());
frame.open({ begin, goOn });
