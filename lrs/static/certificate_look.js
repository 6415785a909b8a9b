/** While a template is written, its certificate is drawn beside it; without this script a button draws it. */

const form = document.getElementById("template");
const PATIENCE = 600;
let waiting = 0;
let asked = new AbortController();

/** Ask for the page as the form stands now, and take the look out of it: what is wrong is said there, too. */
async function look() {
  asked.abort();
  asked = new AbortController();
  const said = new FormData(form);
  said.set("look", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: said, signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawn = page.getElementById("look");
    for (const each of drawn?.querySelectorAll("[autofocus]") ?? []) each.removeAttribute("autofocus"); // whoever types goes on typing
    if (drawn) document.getElementById("look").replaceChildren(...drawn.children);
  } catch {
    // A newer question has overtaken this one, or there is no network: the last look stays.
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PATIENCE);
});

if (form && !document.querySelector("#look img, #look [role=alert]")) look();
