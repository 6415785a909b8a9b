/** The upload page: how much of the file has gone up, what is done with it, and what went wrong. Without this script the form works by itself. */

const MB = 1024 * 1024;
/** Bytes that the form adds to its file at most: names, boundaries, the word against forged forms. */
const AROUND = 4096;
/** Milliseconds without a byte after which the line is taken for cut: a network that is gone says no goodbye. */
const SILENCE = 60_000;
/** The answer to a file with something wrong in it is a page that says what. */
const REFUSED = 422;

const [form, trouble, step, going, progress, amount, stop] = ["upload", "trouble", "step", "going", "progress", "amount", "stop"].map((id) =>
  document.getElementById(id),
);
const input = form.elements.namedItem("package");
const megabytes = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Fill the words that the page has for this, in the reader's language. */
function fill(words, values) {
  return words.replace(/{(\w+)}/g, (_all, name) => values[name]);
}

function complain(...sentences) {
  trouble.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
  trouble.hidden = sentences.length === 0;
}

/** Say so before anything is sent, where the answer would only be that it is too much. */
function fits() {
  const [file, most] = [input.files[0], Number(form.dataset.most)];
  complain();
  if (file === undefined || file.size + AROUND <= most) return true;
  const whole = Math.ceil((10 * file.size) / MB) / 10;
  complain(fill(trouble.dataset.large, { whole: megabytes.format(whole), most: megabytes.format(most / MB) }));
  return false;
}

function show(loaded, total) {
  progress.max = total;
  progress.value = loaded;
  amount.textContent = fill(amount.dataset.words, { sent: megabytes.format(loaded / MB), whole: megabytes.format(total / MB) });
}

/** From here on nobody knows how long it takes: a bar without a value says so. */
function showReading() {
  progress.removeAttribute("value");
  amount.textContent = "";
  stop.hidden = true;
  step.textContent = step.dataset.reading;
}

/** Give the form back, with the file still chosen. */
function giveBack(...sentences) {
  form.hidden = false;
  going.hidden = true;
  step.textContent = "";
  complain(...sentences);
  form.querySelector("[type=submit]").focus();
}

/** Go where the answer leads, show the page it is, or say what it says. */
function take(request) {
  const page = request.response;
  if (request.status >= 200 && request.status < 300) {
    location.assign(request.responseURL);
  } else if (page && request.status === REFUSED) {
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    document.querySelector("main").focus();
  } else {
    const said = [...(page?.querySelectorAll("main h1, main p") ?? [])].filter((each) => !each.querySelector("a"));
    giveBack(...(said.length > 0 ? said.map((each) => each.textContent) : [trouble.dataset.lost]));
  }
}

/** Watch over a line: `late` is called when nothing has passed for too long. */
function watch(late) {
  let timer = setTimeout(late, SILENCE);
  const rest = () => clearTimeout(timer);
  const hear = () => {
    rest();
    timer = setTimeout(late, SILENCE);
  };
  return { hear, rest };
}

function send() {
  const request = new XMLHttpRequest();
  const line = watch(() => request.abort());
  let [arrived, stopped] = [false, false];
  request.upload.onprogress = ({ loaded, total }) => {
    line.hear();
    show(loaded, total);
  };
  request.upload.onload = () => {
    arrived = true;
    line.rest();
    showReading();
  };
  request.onload = () => take(request);
  request.onerror = () => giveBack(arrived ? trouble.dataset.lost : trouble.dataset.cut);
  request.onabort = () => giveBack(...(stopped ? [] : [trouble.dataset.cut]));
  request.onloadend = line.rest;
  stop.onclick = () => {
    stopped = true;
    request.abort();
  };
  request.open("POST", form.action);
  request.responseType = "document";
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
}

input.addEventListener("change", fits);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!fits()) return;
  const [file] = input.files;
  form.hidden = true;
  going.hidden = stop.hidden = false;
  show(0, file.size);
  step.textContent = fill(step.dataset.sending, { name: file.name });
  stop.focus();
  send();
});
