/**
 * What a hostile lesson tries. Each probe says whether it got what it wanted; what changed on the server is looked at there.
 * The same probes run on a page of the app itself, where they succeed: so they are able to.
 *
 * @typedef {{app: string, lesson: string, zip: string}} Target the app's origin, the address of a lesson's page there, a package as base64
 */

/** The word of the app's forms, if its page can be read from here. */
async function word(target) {
  const reply = await fetch(target.lesson, { credentials: "include" }).catch(() => null);
  const page = reply?.ok ? await reply.text() : "";
  return /data-csrf="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
}

/** Send what a form of the app would send, with the cookies of whoever looks at the lesson. */
async function forge(target, address, fields) {
  const body = new FormData();
  body.set("csrf", await word(target));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const reply = await fetch(address, { method: "POST", mode: "no-cors", credentials: "include", body });
  return reply.type === "basic" && reply.status < 400;
}

/** The same as a form that a script fills in and sends, into a frame that nobody sees. */
async function submit(target, address) {
  const frame = Object.assign(document.createElement("iframe"), { name: "unseen", hidden: true });
  const form = Object.assign(document.createElement("form"), { method: "post", action: address, target: "unseen" });
  form.append(Object.assign(document.createElement("input"), { name: "csrf", value: await word(target) }));
  document.body.append(frame, form);
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  form.submit();
  await loaded;
}

const probes = {
  "reads the page around it": () => top.document.body.innerText.length > 0 && top.document.querySelector("#player") !== null,
  "reads the app's storage": () => top.localStorage.getItem("probe") === "secret",
  "reads the app's cookies": () => document.cookie.includes("probe=secret"),
  "reads the app's pages": async (target) => (await word(target)) !== "",
  "forges a launch": (target) => forge(target, `${target.lesson}/launch`, {}),
  "forges an upload": async (target) => {
    const bytes = Uint8Array.from(atob(target.zip), (letter) => letter.charCodeAt(0));
    const file = new File([bytes], "forged.zip", { type: "application/zip" });
    return forge(target, `${target.app}/s/haiphong/packages/new`, { package: file });
  },
  "tosses a cookie at the app": async (target) => {
    const domain = location.hostname.split(".").slice(1).join(".");
    for (const name of ["__Host-haidang-session-haiphong", "__Host-haidang-form", "haidang-session-haiphong", "probe"]) {
      document.cookie = `${name}=tossed; Domain=${domain}; Path=/; Secure`;
      document.cookie = `${name}=tossed; Domain=${domain}; Path=/`;
    }
    return document.cookie.includes("__Host-haidang");
  },
  "forges a sign-out": (target) => forge(target, `${target.app}/s/haiphong/sign-out`, {}),
  "sends a form to sign out": (target) => submit(target, `${target.app}/s/haiphong/sign-out`),
};

async function tryProbes(target) {
  const succeeded = {};
  for (const [name, probe] of Object.entries(probes)) {
    try {
      succeeded[name] = Boolean(await probe(target));
    } catch {
      succeeded[name] = false;
    }
  }
  return succeeded;
}

/** A service worker beside the lesson, and one over the whole host. */
async function installWorkers() {
  const installed = [];
  for (const scope of [undefined, "/"]) {
    try {
      installed.push((await navigator.serviceWorker.register("sw.js", { scope })).scope);
    } catch {
      // refused
    }
  }
  return installed;
}
