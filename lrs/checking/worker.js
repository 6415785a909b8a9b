/** Keeps the page that checks, so that it opens without a network: the newest one that came, or else the one that is there. */

const KEPT = "checking";
const PAGE = "./";
const PATIENCE = 4000;

async function fetched() {
  const waiting = new AbortController();
  const late = setTimeout(() => waiting.abort(), PATIENCE);
  try {
    const response = await fetch(PAGE, { cache: "no-cache", signal: waiting.signal });
    if (!response.ok) throw new Error(String(response.status));
    const kept = await caches.open(KEPT);
    await kept.put(PAGE, response.clone());
    return response;
  } finally {
    clearTimeout(late);
  }
}

async function answer() {
  try {
    return await fetched();
  } catch (error) {
    const kept = await caches.open(KEPT);
    const page = await kept.match(PAGE);
    if (page) return page;
    throw error;
  }
}

addEventListener("install", (install) => install.waitUntil(fetched().then(() => skipWaiting())));
addEventListener("activate", (activate) => activate.waitUntil(clients.claim()));
addEventListener("fetch", (asked) => {
  const { mode, url } = asked.request;
  if (mode === "navigate" && new URL(url).pathname === new URL(PAGE, location.href).pathname) asked.respondWith(answer());
});
