/** Where a film is shown: the picture, its words, and what one can do with it; a question stops it and stands in its controls' place. */

import { button, make, sign } from "./elements.js";
import { ask } from "./question.js";
import { inFigures, inWords } from "./timeline.js";

const KEEP_EVERY = 5;
const LEAP = 10;

/** A film is stopped a moment before a scene ends: else it shows the next one. */
const HAIR = 0.08;

export class Theatre {
  /** `finish` is called at the end, `read` is for whoever does without the film. */
  constructor({ visit, time, title, progress, finish, read }) {
    Object.assign(this, { visit, time, progress, finish, read });
    this.isAnswered = (question) => visit.notes.isAnswered(question);
    this.place = Number(visit.notes.at) || 0;
    this.kept = this.place;
    this.asking = false;
    this.looking = false;
    this.build(title);
    this.listen();
    this.tell();
  }

  build(title) {
    const track = make("track", { kind: "captions", src: "film.vtt", srclang: "vi", label: "Tiếng Việt" });
    this.video = make("video", { src: `film.mp4#t=${this.place}`, preload: "auto", playsinline: true, "aria-label": `Phim: ${title}` }, track);
    this.video.muted = true;
    this.words = track.track;
    // They are in the picture; below it they are for whoever wants them larger, or read aloud. Said earlier a browser would not heed it.
    this.words.mode = "hidden";
    this.caption = make("p", { class: "caption unseen", role: "status" });
    this.stage = make("section", { class: "theatre", "aria-label": "Phim" }, make("div", { class: "picture-frame" }, this.video), this.caption);
    this.trouble = make("div", { class: "trouble", role: "alert" });
    this.below = make("div", {});
    this.controls = this.buildControls();
    this.element = make("div", { class: "screen" }, this.stage, this.trouble, this.below, this.controls);
  }

  buildControls() {
    const most = String(Math.floor(this.time.total));
    this.seek = make("input", { type: "range", min: "0", max: most, step: "1", value: "0", "aria-label": "Vị trí trong phim" });
    this.clock = make("span", { class: "clock" });
    this.play = button("", () => this.toggle(), { kind: "deed" });
    this.larger = button("Chữ to", () => this.enlarge(), { icon: "text", "aria-pressed": "false" });
    const leap = (by, name, icon) => button(`${LEAP} giây`, () => this.go(this.video.currentTime + by), { icon, "aria-label": `${name} ${LEAP} giây` });
    return make(
      "div",
      { class: "card film-controls" },
      make("div", { class: "line" }, this.seek, this.clock),
      make("div", { class: "controls" }, leap(-LEAP, "Lùi", "back"), this.play, leap(LEAP, "Tới", "next"), this.larger),
    );
  }

  listen() {
    const { video, words } = this;
    const on = (names, heard) => names.forEach((name) => video.addEventListener(name, heard));
    video.addEventListener("loadedmetadata", () => this.arrive());
    on(["timeupdate", "seeked"], () => this.notice());
    on(["play", "playing", "pause", "waiting"], () => this.tell());
    on(["pause"], () => this.asking || this.keep());
    on(["ended"], this.finish);
    on(["error"], () => this.fail());
    this.seek.addEventListener("input", () => this.go(Number(this.seek.value)));
    this.stage.addEventListener("click", () => this.asking || this.toggle());
    words.addEventListener("cuechange", () => {
      const cue = words.activeCues && words.activeCues[0];
      if (cue && this.caption.textContent !== cue.text) this.caption.textContent = cue.text;
    });
  }

  start() {
    this.play.focus({ preventScroll: true });
    const started = this.video.play();
    if (started) started.catch(() => this.tell());
  }

  toggle() {
    if (this.video.paused) this.start();
    else this.video.pause();
  }

  enlarge() {
    const small = this.caption.classList.toggle("unseen");
    this.larger.setAttribute("aria-pressed", String(!small));
  }

  /** The film is asked for from its place on; a browser that does not know of that is led there. */
  arrive() {
    if (Math.abs(this.video.currentTime - this.place) > HAIR) this.video.currentTime = this.place;
  }

  /** Note the place; before the film is there, the place is the one it is going to begin at. */
  keep() {
    const { video, time } = this;
    if (video.readyState === 0) return;
    this.kept = video.currentTime;
    this.visit.reach(video.currentTime.toFixed(1), video.currentTime / time.total);
    this.progress();
  }

  /** Nobody sees it any more. */
  leave() {
    this.video.pause();
    this.keep();
  }

  /** Go to a moment; a question that was not answered yet lies in the way. */
  go(moment) {
    const stop = this.time.stopBefore(moment, this.isAnswered);
    if (stop) this.pose(stop);
    else this.show(Math.min(Math.max(0, moment), this.time.total - HAIR));
  }

  show(moment) {
    this.asking = false;
    this.below.textContent = "";
    this.controls.hidden = false;
    this.stage.classList.remove("asking");
    this.video.currentTime = moment;
    this.tell();
  }

  pose({ at, question }) {
    if (this.asking) return;
    const goOnAt = (moment) => () => {
      this.show(moment);
      this.start();
    };
    this.asking = true;
    this.video.pause();
    this.video.currentTime = at - HAIR;
    this.controls.hidden = true;
    this.stage.classList.add("asking");
    this.below.append(ask(this.visit, question, { goOn: goOnAt(at), review: goOnAt(this.time.startOf(question.again)) }));
    const heading = this.below.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    this.keep();
  }

  tell() {
    const { video, time } = this;
    const waiting = !video.paused && video.readyState < video.HAVE_FUTURE_DATA;
    this.play.textContent = "";
    this.play.append(sign(video.paused ? "play" : "pause"), make("span", {}, video.paused ? "Xem" : "Dừng"));
    this.seek.value = String(Math.floor(video.currentTime));
    this.seek.setAttribute("aria-valuetext", `${inWords(video.currentTime)} trong ${inWords(time.total)}`);
    this.clock.textContent = waiting ? "Đang tải…" : `${inFigures(video.currentTime)} / ${inFigures(time.total)}`;
  }

  notice() {
    if (this.asking) return;
    this.tell();
    if (!this.looking) this.look();
  }

  /** Look whether a question has come, at each picture while the film runs: between two reports of a video lies a quarter of a second. */
  look() {
    const { video, time } = this;
    this.looking = false;
    if (this.asking) return;
    const stop = time.stopBefore(video.currentTime + HAIR, this.isAnswered);
    if (stop) this.pose(stop);
    else if (Math.abs(video.currentTime - this.kept) >= KEEP_EVERY) this.keep();
    this.looking = !video.paused;
    if (this.looking) window.requestAnimationFrame(() => this.look());
  }

  fail() {
    if (this.trouble.firstChild) return;
    this.controls.hidden = true;
    const again = button("Thử lại", () => this.tryAgain(), { icon: "again", kind: "deed" });
    const read = button("Đọc bằng chữ", this.read, { icon: "text" });
    this.trouble.append(make("p", {}, "Phim chưa tải được, có thể vì mạng yếu."), make("div", { class: "deeds" }, again, read));
  }

  tryAgain() {
    this.trouble.textContent = "";
    this.controls.hidden = false;
    this.place = this.kept;
    this.video.load();
    this.start();
  }
}
