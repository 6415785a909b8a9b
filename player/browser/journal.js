/**
 * The browser's own copy of what has no receipt yet (docs/player.md, The journal): IndexedDB on the version's origin, a record for each
 * element of a visit. A lesson shares that origin: whatever is read here may be forged or rubbish, and holds no token and no name.
 */

const NAME = "haidang";
const STORE = "said";
const KEY = ["attempt", "session", "visit", "element"];

/** How long one waits for a database that a lesson may hold on to. */
const PATIENCE = 2000;

/** Transactions under way at once; when there are more, what is said meanwhile goes together into the next one. */
const AT_ONCE = 4;

/** How many records one reading takes; what is left comes with the next one. */
const MOST = 10_000;
const MOST_ATTEMPTS = 100;

const DAY = 24 * 3600 * 1000;
const ASIDE_LASTS = 30 * DAY;

const NUMBERS = 2 ** 31;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isText = (most) => (value) => typeof value === "string" && value.length <= most;
const isNumber = (least, below) => (value) => Number.isSafeInteger(value) && least <= value && value < below;

/** What a record is made of. The visit itself is the element "". */
const FIELDS = {
  attempt: (value) => typeof value === "string" && UUID.test(value),
  session: isNumber(1, NUMBERS),
  visit: isNumber(1, NUMBERS),
  item: isText(4000),
  element: isText(4000),
  value: isText(1_000_000),
  at: isNumber(0, 2 ** 53),
  n: isNumber(0, NUMBERS),
};

/**
 * @typedef {{attempt: string, session: number, visit: number, item: string, element: string, value: string, at: number, n: number}} Said
 *   `at` is when it was said; `n` the number of the session's last commit by then, which cannot have carried it.
 * @typedef {{attempt: string, session: number, visit: number, item: string, said: Said[]}} Visit
 */

export class Journal {
  #database;
  /** @type {Map<string, {key: unknown[], said: Said | null}>} what is to be written: a record, or null for one that has its receipt */
  #batch = new Map();
  #soon = false;
  #underWay = 0;
  #failed = false;
  #settling = [];

  constructor(database) {
    this.#database = database;
    database?.addEventListener("close", () => this.#lose());
  }

  /** Open the journal; where the browser denies storage, or a lesson has spoilt it for good, one that keeps nothing. */
  static async open({ name = NAME, patience = PATIENCE } = {}) {
    for (let trial = 0; trial < 2; trial += 1) {
      try {
        const database = await connect(name, patience);
        if (isOurs(database)) return new Journal(database);
        database.close();
      } catch (error) {
        if (error?.name !== "VersionError") break;
      }
      await remove(name, patience).catch(() => {});
    }
    return new Journal(null);
  }

  /** Whether all that was said so far and could be written is on this device, or on its way there. */
  get durable() {
    return this.#database !== null && !this.#failed;
  }

  /** Keep what was said, from the end of this task on. @param {Said} said */
  put(said) {
    this.#write(said, said);
  }

  /** Forget what has its receipt. Nobody else may have said the same anew. @param {Said} said */
  drop(said) {
    this.#write(said, null);
  }

  /** Wait until all is written, and tell whether it is kept. */
  async settled() {
    while (this.#database && (this.#soon || this.#underWay || (this.#batch.size && !this.#failed))) {
      await new Promise((resolve) => this.#settling.push(resolve));
    }
    return this.durable;
  }

  /** List the attempts that something is kept of. @returns {Promise<string[]>} */
  async attempts() {
    const found = [];
    await this.#try("readonly", (store) => {
      const asking = store.openKeyCursor();
      asking.onsuccess = () => {
        const cursor = asking.result;
        if (!cursor || found.length >= MOST_ATTEMPTS) return;
        const [attempt] = cursor.key;
        if (FIELDS.attempt(attempt)) found.push(attempt);
        cursor.continue([attempt, []]); // an array comes after every number: behind the last session of this attempt
      };
    });
    return found;
  }

  /** List what is kept of an attempt, visit by visit, the oldest first; and throw away what is no record of ours. */
  async waiting(attempt) {
    await this.settled();
    let found = [];
    const rubbish = [];
    const kept = (said) => isSaid(said) && !isOver(said);
    await this.#try("readonly", (store) => {
      const asking = store.getAll(IDBKeyRange.bound([attempt], [attempt, []]), MOST);
      asking.onsuccess = () => {
        found = asking.result;
      };
    });
    const good = found.filter((said) => kept(said) || void rubbish.push(said));
    if (rubbish.length) {
      await this.#try("readwrite", (store) => {
        for (const said of rubbish) store.delete(keyOf(said));
      });
    }
    return visits(good.filter((said) => !said.aside));
  }

  /** Forget what has its receipt, but for what was said anew since it was read. @param {Said[]} receipted */
  async forget(receipted) {
    await this.#try("readwrite", (store) => {
      for (const said of receipted) {
        const asking = store.get(keyOf(said));
        asking.onsuccess = () => {
          const there = asking.result;
          if (there && there.at === said.at && there.n === said.n && there.value === said.value) store.delete(keyOf(said));
        };
      }
    });
  }

  /** Keep for a while what the server will never take: not sent again, and not lost at once. @param {Said[]} refused */
  async setAside(refused) {
    await this.#try("readwrite", (store) => {
      for (const said of refused) store.put({ ...said, aside: Date.now() });
    });
  }

  #write(about, said) {
    if (!this.#database) return;
    this.#batch.set(JSON.stringify(keyOf(about)), { key: keyOf(about), said });
    if (this.#soon || this.#underWay >= AT_ONCE) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      this.#writeBatch();
    });
  }

  #writeBatch() {
    const batch = this.#batch;
    this.#batch = new Map();
    this.#underWay += 1;
    const done = (kept) => {
      this.#underWay -= 1;
      if (!kept) this.#keepForLater(batch);
      this.#failed = !kept;
      if (kept && this.#batch.size) this.#writeBatch();
      else this.#tellSettled();
    };
    this.#transact("readwrite", (store) => {
      for (const { key, said } of batch.values()) said ? store.put(said) : store.delete(key);
      store.transaction.commit?.(); // a page that goes has no time to be told how its requests went
    }).then(() => done(true), () => done(false));
  }

  /** A full disk may have room again when the lesson says its next word. */
  #keepForLater(batch) {
    this.#batch = new Map([...batch, ...this.#batch]);
  }

  /** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => void} act */
  #transact(mode, act) {
    return new Promise((resolve, reject) => {
      if (!this.#database) return resolve();
      // Relaxed: a killed browser loses nothing, and a power cut seconds at most; else each word would wait for the disk.
      const transaction = this.#database.transaction(STORE, mode, { durability: "relaxed" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      act(transaction.objectStore(STORE));
    });
  }

  /** A journal that cannot be read is one that holds nothing: the lesson opens all the same. */
  #try(mode, act) {
    return this.#transact(mode, act).catch(() => {});
  }

  #lose() {
    this.#database = null;
    this.#tellSettled();
  }

  #tellSettled() {
    for (const resolve of this.#settling.splice(0)) resolve();
  }
}

/** @param {Said} said @returns {unknown[]} */
function keyOf(said) {
  return KEY.map((field) => said[field]);
}

function isSaid(record) {
  return Object.entries(FIELDS).every(([field, fits]) => fits(record[field]));
}

/** What was set aside waits its time; a time that no clock of ours wrote is over. */
function isOver({ aside }) {
  if (aside === undefined) return false;
  return !(typeof aside === "number" && Math.abs(Date.now() - aside) < ASIDE_LASTS);
}

/** @param {Said[]} records @returns {Visit[]} */
function visits(records) {
  const found = new Map();
  for (const said of records) {
    const { attempt, session, visit, item } = said;
    const name = JSON.stringify([session, visit, item]);
    if (!found.has(name)) found.set(name, { attempt, session, visit, item, said: [] });
    found.get(name).said.push(said);
  }
  for (const { said } of found.values()) said.sort(inOrder);
  return [...found.values()].sort((one, other) => one.session - other.session || one.visit - other.visit);
}

/** As it was said; the end of a visit after all that was said in the same millisecond. */
function inOrder(one, other) {
  return one.at - other.at || Number(one.element === "") - Number(other.element === "");
}

function connect(name, patience) {
  return asked(patience, () => {
    const asking = indexedDB.open(name, 1);
    asking.onupgradeneeded = () => asking.result.createObjectStore(STORE, { keyPath: KEY });
    return asking;
  });
}

function remove(name, patience) {
  return asked(patience, () => indexedDB.deleteDatabase(name));
}

function isOurs(database) {
  if (!database.objectStoreNames.contains(STORE)) return false;
  const { keyPath } = database.transaction(STORE).objectStore(STORE);
  return JSON.stringify(keyPath) === JSON.stringify(KEY);
}

/** Wait for a request, but not for ever: a connection that does not let go may block it. */
function asked(patience, ask) {
  return new Promise((resolve, reject) => {
    const asking = ask();
    const over = setTimeout(() => {
      asking.onsuccess = () => asking.result?.close?.();
      reject(new Error("the database does not answer"));
    }, patience);
    asking.onsuccess = () => {
      clearTimeout(over);
      resolve(asking.result);
    };
    asking.onerror = () => {
      clearTimeout(over);
      reject(asking.error);
    };
  });
}
