/** Steps through an attempt with the arrow keys: what the links before and after do. */

const WAYS = { ArrowLeft: "prev", ArrowRight: "next" };

document.addEventListener("keydown", (event) => {
  const { key, altKey, ctrlKey, metaKey, shiftKey, target } = event;
  if (altKey || ctrlKey || metaKey || shiftKey || target.closest?.("input, textarea, select, [contenteditable]")) return;
  const link = key in WAYS && document.querySelector(`.pace a[rel=${WAYS[key]}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
