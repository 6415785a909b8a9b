/** Pass a fresh token on to the shell that waits for it in another window of this origin, then close this one. */

export const channel = new BroadcastChannel("haidang");

channel.postMessage({ renewed: JSON.parse(document.getElementById("renewed").textContent) });
setTimeout(() => window.close(), 500);
