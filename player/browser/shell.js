/** The shell: puts the parts together, and answers what happens with what the learner is told (docs/player.md, The shell). */

import { Bar, toggleFullScreen } from "./bar.js";
import { Course } from "./course.js";
import { Guide } from "./guide.js";
import { Home } from "./home.js";
import { Journal } from "./journal.js";
import { Keeper, offer } from "./keeper.js";
import { Menu } from "./menu.js";
import { Notices } from "./notices.js";
import { NotBegun, Outbox } from "./outbox.js";
import { Player } from "./player.js";
import { Renewal } from "./renewal.js";
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
const menu = new Menu({ dialog: find("menu"), words, choose: go, ask: (request) => (request === "suspendAll" ? leave() : guide.finish(request)) });
const bar = new Bar({
  bar: find("bar"),
  aloud: find("aloud"),
  words,
  deeds: { menu: look, previous: () => step(-1), next: () => step(1), full: toggleFullScreen, leave },
});

/** What the buttons under a message do. */
const DEEDS = {
  again: { word: words.again, act: () => go(guide?.here ?? last) },
  stay: { word: words.stay, act: () => notices.clear() },
  next: { word: words.next, act: () => step(1) },
  menu: { word: words.contents, act: () => look() },
  anew: { word: words.anew, act: begin },
  leave: { word: words.leave, act: leave },
  back: { word: words.back, act: () => home.leave() },
  here: { word: words.here, act: start },
  send: { word: words.send, act: () => (guide?.isAsking ? outbox.retry() : leave()) },
  signin: { word: words.signInAgain, act: () => renewal.signIn() },
};

let outbox, course, renewal;
/** Leads through a course that has a sequencer. @type {Guide | null} */
let guide = null;
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
  outbox.addEventListener("contents", ({ detail }) => guide?.see(detail));
  outbox.addEventListener("receipt", () => home.hint());
  outbox.addEventListener("refused", () => notices.say("refused", words.refusedSome));
  await begin();
}

async function begin() {
  try {
    const { item, tracks, next } = await outbox.begin();
    course = new Course(launch, tracks);
    player.start(course, outbox);
    guide = next ? new Guide({ launch, course, outbox, player, bar, notices, opening, deeds: DEEDS, leave: () => home.leave() }, next) : null;
    if (guide) guide.follow(next);
    else go(course.first(item));
  } catch (error) {
    if (!(error instanceof NotBegun)) throw error; // the honest word has said why
  }
}

/** Open an item; what is open says its last words before, which may be what the other one waits for. @param {import("./course.js").Item} item */
function go(item) {
  if (guide) return guide.choose(item);
  player.close();
  notices.clear();
  notices.drop("ended", "window", "held", "failed", "dialogs", "time", "slow");
  if (!course.isOpen(item)) return tellWhatIsMissing(item, [DEEDS.again, DEEDS.leave]);
  last = item;
  opening.hidden = false;
  player.open(item);
  return bar.place(course, item);
}

/** @param {number} by 1 for the item after this one, -1 for the one before */
function step(by) {
  if (guide) return guide.step(by);
  const there = course?.beside(last, by);
  if (!there) return;
  player.note();
  if (course.isOpen(there)) go(there);
  else tellWhatIsMissing(there, [DEEDS.stay, { word: words.finish, act: () => go(there) }]);
}

function look() {
  player.note();
  if (course) menu.open(guide?.sequence ?? course, guide ? player.item : last);
}

function tellWhatIsMissing(item, deeds) {
  opening.hidden = true;
  notices.show({ kind: "locked", title: words.lockedTitle.replace("{item}", item.title), text: course.locked(item), deeds });
}

/** Take the lesson away, so that its last words are heard; wait for the receipts; say honestly what is where; leave. */
async function leave() {
  if (guide) guide.suspend();
  else player.close();
  notices.drop("ended", "window", "held", "time");
  notices.show({ kind: "leaving", title: words.leaving });
  if (!course || (await outbox.flush(FLUSH))) return home.leave();
  if (state === "unsaved") return give("unsaved", [DEEDS.send, DEEDS.back]);
  return give("device", [DEEDS.back, DEEDS.send]);
}

function tell(now) {
  state = now;
  bar.tell(now);
  opening.textContent = now === "waiting" ? words.openingWaits : words.opening;
  if (now === "saved" && KEPT.has(notices.card)) home.leave(); // the learner wanted to leave, and waited only for this
  guide?.tell(now);
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
  if (guide) return guide.onwards(...deeds);
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
  notices.show({ kind: "document", title: player.item.title, text: words.documentText, deeds: [{ word: words.openWindow, act }, ...onwards(DEEDS.leave)] });
});
player.addEventListener("begun", () => {
  notices.drop("failed");
  guide?.sequence.begin();
});
player.addEventListener("closed", () => notices.drop("slow"));
player.addEventListener("seen", () => {
  if (guide) return;
  bar.place(course, player.item);
  if (course.isDoneWith && course.lessons.length > 1) notices.say("ended", words.done, [DEEDS.leave]);
});
player.addEventListener("ended", ({ detail }) => {
  const { item } = player;
  setTimeout(() => {
    if (player.item !== item || notices.card) return;
    if (guide) return guide.end();
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
