/** Whether the page of a lesson has come: browsers say "load" of an error page as well. */

/**
 * What became of the first page of a frame.
 * @param {Window} lesson the frame's window @param {string} address
 * @returns {Promise<"there" | "missing" | "offline">}
 */
export async function ask(lesson, address) {
  return wordOf(statusOf(lesson) ?? (await statusAt(address)));
}

/** @param {number} status 0: no answer */
export function wordOf(status) {
  if (status === 0 || status >= 500) return "offline";
  return status < 400 ? "there" : "missing";
}

/** What the browser knows of the answer. Older ones do not say it; of a page from elsewhere, or their own "no line", none does. */
export function statusOf(lesson) {
  try {
    return lesson.performance.getEntriesByType("navigation")[0]?.responseStatus || undefined;
  } catch {
    return undefined;
  }
}

async function statusAt(address) {
  try {
    return (await fetch(address, { method: "HEAD", credentials: "omit" })).status;
  } catch {
    return 0;
  }
}
