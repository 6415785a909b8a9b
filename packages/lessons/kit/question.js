/** A question: each answer is one large button, a mistake is explained kindly, and one can choose again. */

import { button, make, picture, sign } from "./elements.js";

/**
 * Make a question. `goOn` follows on the right answer, `review` is offered after a wrong one,
 * `told` is given each option that is chosen and may give back what happens then, to be shown.
 */
export function ask(visit, question, { goOn, review, told = () => null }) {
  const shown = Date.now();
  const word = make("div", { class: "word", id: "word", role: "status" });
  const after = make("div", { class: "deeds" });
  const buttons = question.options.map((option) => choice(option, choose));
  const group = make("div", { class: "options", role: "group", "aria-labelledby": "ask" }, ...buttons);

  function mark(option, at) {
    buttons[at].classList.add(option.right ? "right" : "wrong");
    buttons[at].setAttribute("aria-disabled", "true");
    buttons[at].append(make("span", { class: "verdict" }, sign(option.right ? "right" : "wrong"), option.right ? "Đúng" : "Chưa đúng"));
  }

  function close(option) {
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    const forward = button("Tiếp tục", () => goOn(option), { icon: "next", kind: "deed", behind: true, "aria-describedby": "word" });
    after.textContent = "";
    after.append(forward);
    return forward;
  }

  function choose(option) {
    const at = question.options.indexOf(option);
    if (buttons[at].getAttribute("aria-disabled")) return;
    visit.answer(question, option, (Date.now() - shown) / 1000);
    mark(option, at);
    say(option);
    after.textContent = "";
    if (option.right) close(option).focus({ preventScroll: true });
    else if (review) after.append(button("Xem lại đoạn này", review, { icon: "again" }));
    after.parentNode.lastChild.scrollIntoView({ block: "nearest" });
  }

  function say(option) {
    word.className = `word ${option.right ? "good" : "kind"}`;
    word.textContent = "";
    const happened = told(option);
    if (happened) word.append(happened);
    word.append(make("p", { class: "lead" }, option.right ? "Đúng rồi!" : "Chưa đúng, không sao cả."), make("p", {}, option.why));
    if (!option.right) word.append(make("p", { class: "hint" }, "Bà con chọn lại nhé."));
  }

  for (const id of visit.notes.triesAt(question)) {
    const at = question.options.findIndex((option) => option.id === id);
    if (at < 0) continue;
    mark(question.options[at], at);
    say(question.options[at]);
    if (question.options[at].right) close(question.options[at]);
  }

  return make(
    "section",
    { class: "card question", "aria-labelledby": "ask" },
    question.picture ? picture(question.picture, question.paper) : null,
    make("p", { class: "over" }, question.over || "Câu hỏi"),
    make("h2", { id: "ask" }, question.ask),
    group,
    word,
    after,
  );
}

function choice(option, choose) {
  return make(
    "button",
    { type: "button", class: "option", click: () => choose(option) },
    make("span", { class: "letter", "aria-hidden": "true" }, option.id.toUpperCase()),
    make("span", { class: "says" }, option.says),
  );
}
