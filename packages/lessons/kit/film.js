/** A film that stops to ask: it can be sought, read instead of seen, and goes on at the very moment where somebody left it. */

import { button, make } from "./elements.js";
import { Frame } from "./frame.js";
import { ask } from "./question.js";
import { Theatre } from "./theatre.js";
import { Timeline } from "./timeline.js";

const frame = new Frame();
const { content, visit } = frame;
const time = new Timeline(content.steps, content.questions);

function begin() {
  if (visit.notes.done) visit.askAgain(visit.questions);
  visit.reach("0", 0);
  watch();
}

function finish() {
  visit.leaving = () => {};
  visit.finish(String(time.total));
  frame.end({ begin });
}

/** The film, from the place that is noted. */
function watch() {
  const theatre = new Theatre({ visit, time, title: content.title, progress: () => frame.progress(), finish, read });
  frame.show(make("h2", { class: "unseen" }, "Phim"), theatre.element);
  visit.leaving = () => theatre.leave();
  theatre.start();
}

/** The film in words, part by part, with the same questions between. */
function read() {
  visit.leaving = () => {};
  const part = time.partAt(Number(visit.notes.at) || 0, (question) => visit.notes.isAnswered(question));
  visit.reach(String(part.start), part.start / time.total);
  const goOn = () => {
    visit.reach(String(part.end), part.end / time.total);
    if (part.last) finish();
    else read();
  };
  const words = make("section", { class: "card reading" }, make("h2", {}, `Phần ${part.number}`), ...part.scenes.map((scene) => make("p", {}, scene.says)));
  const after = part.question
    ? ask(visit, part.question, { goOn })
    : make("div", { class: "deeds" }, button("Học xong", goOn, { icon: "right", kind: "deed" }));
  const film = make("div", { class: "deeds" }, button("Xem phim", watch, { icon: "play" }));
  frame.show(make("div", { class: "screen" }, words, after, film));
}

frame.open({ begin, goOn: watch, more: [button("Đọc bằng chữ", read, { icon: "text" })] });
