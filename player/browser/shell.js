/** The shell: puts the parts together, and answers what happens with what the learner is told (docs/player.md, The shell). */

import { Bar, toggleFullScreen } from "./bar.js";
import { Course } from "./course.js";
import { Home } from "./home.js";
import { Journal } from "./journal.js";
import { Keeper, offer } from "./keeper.js";
import { Menu } from "./menu.js";
import { Notices } from "./notices.js";
import { NotBegun, Outbox } from "./outbox.js";
import { Player } from "./player.js";
import { Renewal } from "./renewal.js";
import { Sequence } from "./sequence.js";
import { Stage } from "./stage.js";
import { Watch } from "./watch.js";

/** How long "save and leave" waits for receipts before it says that all is kept on this device. */
const FLUSH = 5000;

/** A page that goes ends its lesson too: wait for that before an end is spoken of. */
const BREATH = 300;

/** Time for a lesson that stumbled at its beginning to begin all the same. */
const STUMBLE = 3000;

/** What a lesson of SCORM 2004 may ask for when it ends; the rest is the learner's to choose. */
const REQUESTS = { continue: 1, previous: -1 };

/** Cards that ask a learner who leaves what to do while not all has been sent. */
const KEPT = new Set(["device", "unsaved"]);

const find = (id) => document.getElementById(id);
const launch = JSON.parse(find("launch").textContent);
const { words } = launch;

const opening = find("opening");
const home = new Home(launch);
const watch = new Watch();
const stage = new Stage(find("stage"), (lesson) => watch.over(lesson));
const player = new Player({ launch, stage });
const notices = new Notices({ line: find("line"), card: find("card") });
const menu = new Menu({ dialog: find("menu"), words, choose: go, ask: (name) => (name === "suspendAll" ? leave() : request(name)) });
const bar = new Bar({
  bar: find("bar"),
  aloud: find("aloud"),
  words,
  deeds: { menu: look, previous: () => step(-1), next: () => step(1), full: toggleFullScreen, leave },
});

/** What the buttons under a message do. */
const DEEDS = {
  again: { word: words.again, act: () => go(last) },
  stay: { word: words.stay, act: () => notices.clear() },
  next: { word: words.next, act: () => step(1) },
  menu: { word: words.contents, act: () => look() },
  anew: { word: words.anew, act: start },
  leave: { word: words.leave, act: leave },
  back: { word: words.back, act: () => home.leave() },
  here: { word: words.here, act: start },
  send: { word: words.send, act: () => (asking ? outbox.retry() : leave()) },
  signin: { word: words.signInAgain, act: () => renewal.signIn() },
};

let outbox, course, renewal;
/** What comes next, where the package has a sequencer for it. @type {Sequence | null} */
let sequence = null;
/** Whether what comes next is being asked; the visit that was under way last says its last words with it. */
let asking = false;
let visit = null;
/** The item that was open last, and what the honest word was last. */
let last = null;
let state = "";

/** Begin a session; anew, when the learner takes the lesson over from another window. */
async function start() {
  notices.clear();
  opening.hidden = false;
  const journal = await Journal.open();
  outbox = new Outbox({ attempt: launch.attempt, token: launch.token, journal });
  renewal = new Renewal({ outbox, attempt: launch.attempt, address: `${launch.back}attempts/${launch.attempt}/renew` });
  outbox.addEventListener("state", ({ detail }) => tell(detail));
  outbox.addEventListener("contents", ({ detail }) => {
    sequence?.see(detail);
    if (!sequence) return;
    player.give(sequence.values);
    bar.follow(sequence);
  });
  outbox.addEventListener("receipt", () => home.hint());
  outbox.addEventListener("refused", () => notices.say("refused", words.refusedSome));
  try {
    const { item, tracks, next } = await outbox.begin();
    course = new Course(launch, tracks);
    player.start(course, outbox);
    sequence = next ? new Sequence(launch, next) : null;
    if (sequence) follow(next);
    else go(course.first(item));
  } catch (error) {
    if (!(error instanceof NotBegun)) throw error; // the honest word has said why
  }
}

/** Do what the sequencer says: open a lesson, let the learner choose, or say that all is over. @param {import("./sequence.js").Next} next */
function follow(next) {
  sequence.take(next);
  bar.follow(sequence);
  if (next.ended) return next.suspended ? home.leave() : summarise();
  if (next.item && next.opens) return show(next.item);
  opening.hidden = true;
  if (next.item || next.exception) return notices.show({ kind: "notnow", title: words.notnowTitle, text: words.notnowText, deeds: [...(next.item ? [DEEDS.again] : []), DEEDS.menu, DEEDS.leave] });
  return notices.show({ kind: "choose", title: words.chooseTitle, text: words.chooseText, deeds: [DEEDS.menu, DEEDS.leave] });
}

/** Open what was laid out. @param {string} id */
function show(id) {
  const item = course.item(id);
  notices.clear();
  notices.drop("ended", "window", "held", "failed", "dialogs", "time", "slow");
  last = item ?? { id, title: "" };
  if (!item || item.address === null) return give("missing", onwards(DEEDS.menu, DEEDS.leave));
  opening.hidden = false;
  player.open(item, sequence.opening);
  return bar.follow(sequence);
}

/** Ask what comes next; what is open says its last words before. @param {string} request @param {string} [target] */
async function request(name, target = "") {
  if (asking) return;
  asking = true;
  put();
  opening.hidden = true;
  notices.drop("ended", "window", "held", "time");
  notices.show({ kind: "moving", title: words.moving });
  const next = await outbox.navigate(visit, { after: sequence.revision, request: name, target });
  asking = false;
  if (next) follow(next);
}

/** Take away what is open. */
function put() {
  visit = (player.hasBegun && player.visit) || outbox.visit("", 1);
  player.close();
}

function summarise() {
  const state = sequence.state(sequence.whole);
  notices.show({ kind: "over", title: words.overTitle, text: words[`over ${state}`] ?? words.overText, deeds: [DEEDS.back, DEEDS.anew] });
}

/** Open an item; what is open says its last words before, which may be what the other one waits for. @param {import("./course.js").Item} item */
function go(item) {
  if (sequence) return anew(item);
  player.close();
  notices.clear();
  notices.drop("ended", "window", "held", "failed", "dialogs", "time", "slow");
  if (!course.isOpen(item)) return tellWhatIsMissing(item, [DEEDS.again, DEEDS.leave]);
  last = item;
  opening.hidden = false;
  player.open(item);
  return bar.place(course, item);
}

/** Open once more what is open, or ask for another item. */
function anew({ id }) {
  if (id !== sequence.item) return request("choice", id);
  const { item } = player;
  put();
  if (item) return player.open(item, sequence.opening);
  return show(id);
}

/** @param {number} by 1 for the item after this one, -1 for the one before */
function step(by) {
  if (sequence) return void (sequence.offers(by > 0 ? "continue" : "previous") && request(by > 0 ? "continue" : "previous"));
  const there = course?.beside(last, by);
  if (!there) return;
  player.note();
  if (course.isOpen(there)) go(there);
  else tellWhatIsMissing(there, [DEEDS.stay, { word: words.finish, act: () => go(there) }]);
}

function look() {
  player.note();
  if (course) menu.open(sequence ?? course, sequence ? player.item : last);
}

function tellWhatIsMissing(item, deeds) {
  opening.hidden = true;
  notices.show({ kind: "locked", title: words.lockedTitle.replace("{item}", item.title), text: course.locked(item), deeds });
}

/** Take the lesson away, so that its last words are heard; wait for the receipts; say honestly what is where; leave. */
async function leave() {
  if (sequence) put();
  else player.close();
  notices.drop("ended", "window", "held", "time");
  notices.show({ kind: "leaving", title: words.leaving });
  if (sequence?.canSuspend && !asking) outbox.navigate(visit, { after: sequence.revision, request: "suspendAll", target: "" });
  if (!course || (await outbox.flush(FLUSH))) return home.leave();
  if (state === "unsaved") return give("unsaved", [DEEDS.send, DEEDS.back]);
  return give("device", [DEEDS.back, DEEDS.send]);
}

function tell(now) {
  state = now;
  bar.tell(now);
  opening.textContent = now === "waiting" ? words.openingWaits : words.opening;
  if (now === "saved" && KEPT.has(notices.card)) home.leave(); // the learner wanted to leave, and waited only for this
  if (asking && now === "device") notices.show({ kind: "moving", title: words.movingTitle, text: words.movingWaits, deeds: [DEEDS.send, DEEDS.back] });
  if (now === "signin") notices.say("signin", words.signInText, [DEEDS.signin]);
  else notices.drop("signin");
  if (now === "refused") notices.say("refused", words.refusedAll, [DEEDS.again]);
  if (now === "superseded") give("superseded", [DEEDS.here, DEEDS.back]);
  if (now === "closed") give("closed", [DEEDS.back]);
}

/** Take the lesson away, and say why. @param {string} kind @param {import("./notices.js").Deed[]} deeds */
function give(kind, deeds) {
  player.close();
  opening.hidden = true;
  notices.drop("ended", "window", "held", "slow");
  notices.show({ kind, title: words[`${kind}Title`], text: words[`${kind}Text`], deeds });
}

/** The ways on from here, where there are any. */
function onwards(...deeds) {
  if (sequence) return sequence.offers("continue") ? [DEEDS.next, ...deeds] : sequence.lessons.length > 1 ? [DEEDS.menu, ...deeds] : deeds;
  const after = course.beside(last);
  return after && course.isOpen(after) ? [DEEDS.next, ...deeds] : deeds;
}

stage.addEventListener("shown", () => {
  opening.hidden = true;
  notices.drop("slow");
  if (!document.activeElement || document.activeElement === document.body) stage.focus();
});
stage.addEventListener("slow", () => notices.say("slow", words.slow));
stage.addEventListener("missing", () => give("missing", onwards(DEEDS.leave)));
stage.addEventListener("offline", () => give("offline", [DEEDS.again, DEEDS.leave]));

player.addEventListener("document", ({ detail }) => {
  const act = () => {
    window.open(detail, "_blank", "noopener");
    player.seen();
  };
  opening.hidden = true;
  notices.show({ kind: "document", title: last.title, text: words.documentText, deeds: [{ word: words.openWindow, act }, ...onwards(DEEDS.leave)] });
});
player.addEventListener("begun", () => {
  notices.drop("failed");
  sequence?.begin();
});
player.addEventListener("closed", () => notices.drop("slow"));
player.addEventListener("seen", () => {
  if (sequence) return;
  bar.place(course, player.item);
  if (course.isDoneWith && course.lessons.length > 1) notices.say("ended", words.done, [DEEDS.leave]);
});
player.addEventListener("ended", ({ detail }) => {
  const { item } = player;
  setTimeout(() => {
    if (player.item !== item || notices.card) return;
    if (sequence) return player.asks ? request("") : notices.say("ended", words.ended, onwards(DEEDS.leave));
    bar.place(course, item);
    if (detail in REQUESTS) step(REQUESTS[detail]);
    else notices.say("ended", course.isDoneWith ? words.done : words.ended, onwards(DEEDS.leave));
  }, BREATH);
});
player.clock.addEventListener("warning", ({ detail }) => {
  if (player.limit.tells) notices.say("time", words.timeLeft.replace("{minutes}", detail));
});
player.clock.addEventListener("over", () => {
  const { exits, tells } = player.limit;
  if (exits) give("time", onwards(DEEDS.leave));
  else if (tells) notices.say("time", words.timeOver);
});

watch.addEventListener("failed", () => {
  const { item } = player;
  setTimeout(() => {
    if (player.item === item && item?.role === "sco" && !player.hasBegun) notices.say("failed", words.failed, [DEEDS.again]);
  }, STUMBLE);
});
watch.addEventListener("dialogs", () => notices.say("dialogs", words.dialogs, [DEEDS.again]));
watch.addEventListener("closing", () => setTimeout(() => give("ended", onwards(DEEDS.again, DEEDS.leave))));
watch.addEventListener("held", ({ detail: open }) => {
  const act = () => open() && notices.drop("held");
  notices.say("held", words.held, [{ word: words.openWindow, act }]);
});
watch.addEventListener("window", ({ detail: opened }) => {
  notices.say("window", words.window);
  const looking = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(looking);
    notices.drop("window");
  }, 1000);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") outbox?.hide();
  else outbox?.stay();
});
window.addEventListener("pagehide", () => outbox?.leave());
window.addEventListener("pageshow", () => outbox?.stay());
window.addEventListener("online", () => outbox?.retry());

new Keeper(() => {
  if (!player.item) return;
  go(player.item);
  notices.say("restored", words.restored);
});
offer(launch.edition === "1.2" ? "API" : "API_1484_11", () => player.api);
// "Exit" in many lessons closes the window that they believe is theirs.
window.close = () => watch.dispatchEvent(new Event("closing"));
home.beat();
start();
