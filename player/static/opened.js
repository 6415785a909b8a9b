/**
 * Which lessons were opened on this device: its browser may keep words of them that have not arrived. No name is kept with them.
 * In a database, because browsers write that at once, and localStorage only after a while: a killed browser would have forgotten.
 */

const NAME = "haidang.opened";
const STORE = "versions";
const MOST = 50;
const LASTS = 30 * 24 * 3600 * 1000;

/** @param {string} space @param {string} version */
export function remember(space, version) {
  return act("readwrite", (store) => store.put({ space, version, at: Date.now() }));
}

/** @param {string} space @param {string} version */
export function forget(space, version) {
  return act("readwrite", (store) => store.delete([space, version]));
}

/** The newest first; what is older than a month is forgotten. @param {string} space @returns {Promise<string[]>} */
export async function listOf(space) {
  const all = (await act("readonly", (store) => store.getAll(IDBKeyRange.bound([space], [space, []])))) ?? [];
  const newest = all.sort((one, other) => other.at - one.at);
  const lately = newest.filter(({ at }, place) => place < MOST && Date.now() - at < LASTS);
  for (const { version } of newest.slice(lately.length)) forget(space, version);
  return lately.map(({ version }) => version);
}

/** Where the browser denies storage there is nothing on this device either: then nothing is said. */
async function act(mode, ask) {
  try {
    const database = await answerOf(opening());
    const asking = ask(database.transaction(STORE, mode).objectStore(STORE));
    return await answerOf(asking).finally(() => database.close());
  } catch {
    return undefined;
  }
}

function opening() {
  const asking = indexedDB.open(NAME, 1);
  asking.onupgradeneeded = () => asking.result.createObjectStore(STORE, { keyPath: ["space", "version"] });
  return asking;
}

function answerOf(asking) {
  return new Promise((resolve, reject) => {
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
}
