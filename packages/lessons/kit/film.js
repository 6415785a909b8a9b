/** A film that stops to ask: it can be sought, read instead of seen, and goes on at the very moment where somebody left it. */

import { button, make, sign } from "./elements.js";
import { Frame } from "./frame.js";
import { ask } from "./question.js";
import { Timeline, inWords } from "./timeline.js";

const EVERY = 5;
const LEAP = 10;
const HAIR = 0.08;

const frame = new Frame();
const { content, visit } = frame;
const time = new Timeline(content.steps, content.questions);
let words = false;

function begin() {
  if (visit.notes.done) visit.askAgain(visit.questions);
  visit.reach("0", 0);
  watch();
}

function goOn() {
  watch();
}

function finish() {
  visit.leaving = () => {};
  visit.finish(String(time.total));
  frame.end({ begin });
}

/** The screen with the film, at the place that is noted. */
function watch() {
  const track = make("track", { kind: "captions", src: "film.vtt", srclang: "vi", label: "Tiếng Việt", default: true });
  const video = make("video", { src: "film.mp4", preload: "auto", playsinline: true, muted: true, "aria-label": `Phim: ${content.title}` }, track);
  video.muted = true;
  track.track.mode = "hidden"; // the words are in the picture; below it they are for whoever wants them larger, or read aloud
  const caption = make("p", { class: words ? "caption" : "caption unseen", role: "status" });
  const play = button("", () => (video.paused ? start() : video.pause()), { kind: "deed" });
  const seek = make("input", { type: "range", min: "0", max: String(Math.floor(time.total)), step: "1", value: "0", "aria-label": "Vị trí trong phim" });
  const clock = make("span", { class: "clock" });
  const larger = button("Chữ to", () => show(!words), { icon: "text", "aria-pressed": String(words) });
  const trouble = make("div", { class: "trouble", role: "alert" });
  const below = make("div", { class: "below" });
  const place = Number(visit.notes.at) || 0;
  let kept = place;
  let asking = false;

  const controls = make(
    "div",
    { class: "card film-controls" },
    make("div", { class: "line" }, seek, clock),
    make(
      "div",
      { class: "controls" },
      button(`${LEAP} giây`, () => leap(-LEAP), { icon: "back", "aria-label": `Lùi ${LEAP} giây` }),
      play,
      button(`${LEAP} giây`, () => leap(LEAP), { icon: "next", behind: true, "aria-label": `Tới ${LEAP} giây` }),
      larger,
    ),
  );
  const theatre = make("section", { class: "theatre", "aria-label": "Phim" }, make("div", { class: "picture-frame" }, video), caption);
  frame.show(make("h2", { class: "unseen" }, "Phim"), make("div", { class: "screen" }, theatre, trouble, below, controls));

  function show(larger_) {
    words = larger_;
    larger.setAttribute("aria-pressed", String(words));
    caption.classList.toggle("unseen", !words);
  }

  function start() {
    const started = video.play();
    if (started) started.catch(() => tell());
  }

  function keep() {
    kept = video.currentTime;
    visit.reach(video.currentTime.toFixed(1), video.currentTime / time.total);
    frame.progress();
  }

  function leap(by) {
    go(video.currentTime + by);
  }

  /** Go to a moment; a question that was not answered yet lies in the way. */
  function go(moment) {
    const stop = time.stopBefore(moment, (question) => visit.notes.isAnswered(question));
    if (stop && moment >= stop.at) {
      pose(stop);
    } else {
      leave();
      video.currentTime = Math.min(Math.max(0, moment), time.total - HAIR);
      tell();
    }
  }

  function pose(stop) {
    if (asking) return;
    asking = true;
    video.pause();
    video.currentTime = stop.at - HAIR;
    controls.hidden = true;
    theatre.classList.add("asking");
    below.append(
      ask(visit, stop.question, {
        goOn: () => {
          leave();
          video.currentTime = stop.at;
          start();
          play.focus({ preventScroll: true });
        },
        review: () => {
          leave();
          video.currentTime = time.startOf(stop.question.again);
          start();
          play.focus({ preventScroll: true });
        },
      }),
    );
    const heading = below.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    keep();
  }

  function leave() {
    asking = false;
    below.textContent = "";
    controls.hidden = false;
    theatre.classList.remove("asking");
  }

  function tell() {
    const paused = video.paused;
    play.textContent = "";
    play.append(sign(paused ? "play" : "pause"), make("span", {}, paused ? "Xem" : "Dừng"));
    seek.value = String(Math.floor(video.currentTime));
    seek.setAttribute("aria-valuetext", `${inWords(video.currentTime)} trong ${inWords(time.total)}`);
    clock.textContent = `${inFigures(video.currentTime)} / ${inFigures(time.total)}`;
  }

  function look() {
    const stop = time.stopBefore(video.currentTime + HAIR, (question) => visit.notes.isAnswered(question));
    if (stop) pose(stop);
    else if (Math.abs(video.currentTime - kept) >= EVERY) keep();
    if (!video.paused) window.requestAnimationFrame(look);
  }

  video.addEventListener("loadedmetadata", () => {
    video.currentTime = place;
    tell();
  }, { once: true });
  for (const what of ["timeupdate", "seeked"]) video.addEventListener(what, () => !asking && (tell(), look()));
  for (const what of ["play", "pause"]) video.addEventListener(what, tell);
  video.addEventListener("pause", () => !asking && keep());
  video.addEventListener("ended", finish);
  video.addEventListener("error", () => fail());
  seek.addEventListener("input", () => go(Number(seek.value)));
  track.track.addEventListener("cuechange", () => {
    const cue = track.track.activeCues && track.track.activeCues[0];
    if (cue && caption.textContent !== cue.text) caption.textContent = cue.text;
  });
  theatre.addEventListener("click", () => !asking && (video.paused ? start() : video.pause()));
  visit.leaving = () => {
    video.pause(); // nobody sees it
    if (video.readyState > 0) visit.reach(video.currentTime.toFixed(1), video.currentTime / time.total);
  };

  function fail() {
    if (trouble.firstChild) return;
    controls.hidden = true;
    trouble.append(
      make("p", {}, "Phim chưa tải được, có thể vì mạng yếu."),
      make("div", { class: "deeds" }, button("Thử lại", () => watch(), { icon: "again", kind: "deed" }), button("Đọc bằng chữ", read, { icon: "text" })),
    );
  }

  tell();
  play.focus({ preventScroll: true });
  start();
}

/** The film in words, part by part, with the same questions between. */
function read() {
  visit.leaving = () => {};
  const moment = Number(visit.notes.at) || 0;
  const part = time.partAt(moment, (question) => visit.notes.isAnswered(question));
  visit.reach(String(part.start), part.start / time.total);
  const next = () => {
    if (part.last) finish();
    else {
      visit.reach(String(part.end), part.end / time.total);
      read();
    }
  };
  frame.show(
    make(
      "div",
      { class: "screen" },
      make("section", { class: "card reading" }, make("h2", {}, `Phần ${part.number}`), ...part.scenes.map((scene) => make("p", {}, scene.says))),
      part.question
        ? ask(visit, part.question, { goOn: next })
        : make("div", { class: "deeds" }, button("Học xong", next, { icon: "right", kind: "deed" })),
      make("div", { class: "deeds" }, button("Xem phim", () => watch(), { icon: "play" })),
    ),
  );
}

function inFigures(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

frame.open({ begin, goOn, more: [button("Đọc bằng chữ", read, { icon: "text" })] });
