/** What a lesson remembers of a learner, and what the answers are worth. Pure; a few dozen characters when written down. */

const VERSION = 1;
const FIRST_TRY = 1;
const LATER = 0.5;

export class Notes {
  /** Read what an earlier visit has written; anything else is a new beginning. */
  constructor(text) {
    const said = parsed(text);
    this.at = said.at || "";
    this.far = said.far || 0;
    this.tries = said.tries || {};
    this.best = said.best || {};
    this.done = said.done === true;
  }

  text() {
    const { at, far, tries, best, done } = this;
    return JSON.stringify({ v: VERSION, at, far, tries, best, done });
  }

  /** Note a place, and how much of the whole has been seen by now; going back takes nothing away. */
  reach(place, share) {
    this.at = place;
    this.far = Math.max(this.far, Math.round(share * 100) / 100);
  }

  /** Note an answer. */
  answer(question, option) {
    const tries = this.triesAt(question).concat(option.id);
    this.tries[question.id] = tries.join("");
    if (option.right) {
      const worth = tries.length === 1 ? FIRST_TRY : LATER;
      this.best[question.id] = Math.max(this.best[question.id] || 0, worth);
    }
  }

  /** The options that were chosen, one letter each, in their order. */
  triesAt(question) {
    return (this.tries[question.id] || "").split("").filter(Boolean);
  }

  /** Whether the right answer has been found in this round. */
  isAnswered(question) {
    const right = question.options.filter((option) => option.right).map((option) => option.id);
    return this.triesAt(question).some((id) => right.includes(id));
  }

  /** The questions that were not right at once. */
  missed(questions) {
    return questions.filter((question) => (this.best[question.id] || 0) < FIRST_TRY);
  }

  /** Ask these again; what was reached before is not lost by it. */
  forget(questions) {
    for (const question of questions) delete this.tries[question.id];
  }

  /** All points as a share of 1. */
  score(questions) {
    const sum = questions.reduce((total, question) => total + (this.best[question.id] || 0), 0);
    return questions.length ? sum / questions.length : 1;
  }
}

function parsed(text) {
  try {
    const said = JSON.parse(text);
    return said && said.v === VERSION ? said : {};
  } catch (error) {
    return {};
  }
}
