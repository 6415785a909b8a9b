/** A conversation: what the others say, what one may answer, and what comes of it. Each answer leads on, or is explained. */

import { button, make, picture } from "./elements.js";
import { Frame } from "./frame.js";
import { ask } from "./question.js";

const frame = new Frame();
const { content, visit } = frame;
const { steps } = content;

function begin() {
  if (visit.notes.done) visit.askAgain(visit.questions);
  show(0);
}

function goOn() {
  show(Math.max(0, steps.findIndex((step) => step.id === visit.notes.at)));
}

/** A turn leads to the one it names, or to the next. */
function follow(step, option) {
  const named = (option && option.to) || step.to;
  const next = named ? steps.findIndex((one) => one.id === named) : steps.indexOf(step) + 1;
  if (next < steps.length) {
    show(next);
  } else {
    visit.finish(step.id);
    frame.end({ begin });
  }
}

function show(at) {
  const step = steps[at];
  visit.reach(step.id, at / steps.length);
  const lines = make("div", { class: "lines" }, ...step.lines.map((line, n) => bubble(line, n)));
  const scene = make("section", { class: "card scene" }, picture(step.picture, step.paper), make("h2", { class: "over" }, step.title), lines);
  const told = (option) => (option.then ? make("div", { class: "lines" }, ...option.then.map(bubble)) : null);
  const below = step.question
    ? ask(visit, { over: "Lượt của bà con", ...step.question }, { goOn: (option) => follow(step, option), told })
    : make("div", { class: "deeds" }, button("Tiếp tục", () => follow(step), { icon: "next", kind: "deed", behind: true }));
  const before = at > 0 && button("Quay lại", () => show(back(at)), { icon: "back" });
  frame.show(make("div", { class: "screen" }, scene, below, before ? make("nav", { class: "controls alone", "aria-label": "Chuyển trang" }, before) : null));
}

/** The turn from which one comes here: not always the one above, for some answers leap. */
function back(at) {
  const id = steps[at].id;
  const leap = steps.findIndex((step, n) => n < at && chosen(step) === id);
  return leap >= 0 ? leap : at - 1;
}

function chosen(step) {
  if (!step.question) return step.to;
  const ids = visit.notes.triesAt(step.question);
  const right = step.question.options.find((option) => option.right && ids.includes(option.id));
  return (right && right.to) || step.to;
}

function bubble({ by, says }, n) {
  const who = content.people[by];
  const spoken = make("p", {}, says);
  return make(
    "div",
    { class: `bubble ${by}`, style: `animation-delay: ${n * 500}ms` },
    who ? make("p", { class: "who" }, who) : null,
    spoken,
  );
}

frame.open({ begin, goOn });
