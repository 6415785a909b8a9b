/** Who this page speaks with: the page around it, and the other pages of an attempt on this device. The app and the spaces may frame it, and by
 * pattern (the policy knows no better) the origins of other lessons: those are not spoken with. */

export const LESSON = /^https?:\/\/c-[0-9a-f]{32}\./;

/** Tell whether a message comes from a page of ours around this one. @param {MessageEvent} event */
export function isFromHome({ source, origin }) {
  return source === window.parent && window.parent !== window && !LESSON.test(origin);
}

/** The channel on which the pages of one attempt on this device speak with each other. @param {string} attempt */
export function channelOf(attempt) {
  return globalThis.BroadcastChannel ? new BroadcastChannel(nameOf(attempt)) : null;
}

/** What the channel and the lock of an attempt are called. @param {string} attempt */
export function nameOf(attempt) {
  return `haidang ${attempt}`;
}
