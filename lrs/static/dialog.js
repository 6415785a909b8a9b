/** Questions before something grave open at once; without this script their links load the page with the question in it. */

/** Show a question over the page, which waits: the browser holds the focus inside, and Escape answers no. */
function ask(dialog) {
  dialog.close();
  dialog.showModal();
}

for (const link of document.querySelectorAll("[data-asks]")) {
  const dialog = document.getElementById(link.dataset.asks);
  if (!dialog?.showModal) continue;
  link.addEventListener("click", (click) => {
    click.preventDefault();
    ask(dialog);
  });
}

for (const dialog of document.querySelectorAll("dialog[open]")) ask(dialog);
