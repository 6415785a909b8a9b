/** What stands around every screen of a lesson: its name, how far it is, and the first and the last screen. */

import { button, make, percent, picture, sign } from "./elements.js";
import { ask } from "./question.js";
import { Visit } from "./visit.js";

export class Frame {
  constructor() {
    this.content = JSON.parse(document.getElementById("content").textContent);
    this.visit = new Visit(this.content, window);
    this.way = make("progress", { max: "100", value: "0", "aria-label": "Đã học được" });
    this.main = make("main", { id: "main" });
    const top = make("header", { class: "top" }, make("p", { class: "name" }, this.content.title), this.way);
    const lesson = document.getElementById("lesson");
    lesson.textContent = "";
    lesson.append(top, this.main);
    if (!this.visit.connected) {
      top.append(make("p", { class: "unkept" }, "Bài đang mở ngoài hệ thống học: kết quả không được lưu."));
    }
    this.progress();
  }

  /** Show a screen from its top, and begin to read it at its heading. */
  show(...inside) {
    this.main.textContent = "";
    this.main.append(...inside.filter(Boolean));
    this.progress();
    window.scrollTo(0, 0);
    const heading = this.main.querySelector("h1, h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }

  progress() {
    this.way.value = Math.round(this.visit.notes.far * 100);
    this.way.setAttribute("aria-valuetext", percent(this.visit.notes.far));
  }

  /** The first screen: what this is, how long it takes, and one thing to press; or the last one, for whoever has been there. */
  open({ begin, goOn, more = [] }) {
    const { content, visit } = this;
    if (visit.notes.done) {
      this.end({ begin });
      return;
    }
    const count = visit.questions.length;
    this.show(
      make(
        "section",
        { class: "card welcome" },
        picture(content.picture),
        make("h1", {}, content.title),
        ...content.welcome.map((words) => make("p", {}, words)),
        make("p", { class: "facts" }, `Khoảng ${content.minutes} phút · ${count} câu hỏi · chọn sai thì chọn lại, không sao cả`),
        visit.begun
          ? make("p", { class: "hint" }, "Lần trước bà con đang học dở. Mình học tiếp đúng chỗ ấy nhé.")
          : null,
        make(
          "div",
          { class: "deeds" },
          visit.begun ? button("Học tiếp", goOn, { icon: "play", kind: "deed" }) : button("Bắt đầu", begin, { icon: "play", kind: "deed" }),
          visit.begun ? button("Học lại từ đầu", begin, { icon: "again" }) : null,
          ...more,
        ),
      ),
    );
  }

  /** The last screen: what is worth remembering, how it went, and what can be done again. */
  end({ begin }) {
    const { content, visit } = this;
    const { missed } = visit;
    const right = visit.questions.length - missed.length;
    const atOnce = right ? `Đúng ngay lần đầu ${right}/${visit.questions.length} câu · ` : "";
    this.show(
      make(
        "section",
        { class: "card ending" },
        make("p", { class: "badge" }, sign("right"), make("span", {}, "Đã học xong")),
        make("h1", {}, visit.passed ? "Chúc mừng bà con!" : "Bà con đã học hết bài!"),
        make("p", { class: "marks" }, `${atOnce}${Math.round(visit.score * 100)}/100 điểm`),
        make("p", {}, howItWent(visit)),
        make("h2", {}, "Ba điều mang về"),
        make("ol", { class: "takeaways" }, ...content.takeaways.map((words) => make("li", {}, words))),
        make(
          "div",
          { class: "deeds" },
          missed.length ? button("Làm lại câu chưa chắc", () => this.repeat({ begin }), { icon: "again", kind: visit.passed ? "quiet" : "deed" }) : null,
          button("Xem lại từ đầu", begin, { icon: "play" }),
        ),
        make("p", { class: "hint" }, "Kết quả đã được ghi lại. Bà con có thể đóng bài học này."),
      ),
    );
  }

  /** Ask once more what was not right at once. */
  repeat({ begin }) {
    const [question, ...others] = this.visit.missed;
    const waiting = [question].concat(others);
    this.visit.askAgain(waiting);
    const next = (n) => {
      if (n === waiting.length) {
        this.end({ begin });
        return;
      }
      this.show(make("div", { class: "screen" }, ask(this.visit, waiting[n], { goOn: () => next(n + 1) })));
    };
    next(0);
  }
}

function howItWent(visit) {
  if (!visit.missed.length) return "Bà con trả lời đúng hết ngay lần đầu. Giỏi quá!";
  if (visit.passed) return "Câu nào chưa chắc, bà con làm lại một lượt để nhớ lâu hơn.";
  return "Chưa sao đâu: bà con làm lại vài câu chưa chắc là đạt.";
}
