/** When what is in a film: its scenes follow one another, and at the end of some of them a question waits. Pure. */

export class Timeline {
  constructor(scenes, questions) {
    let start = 0;
    this.scenes = scenes.map((scene) => {
      const placed = { ...scene, start, end: start + scene.seconds };
      start = placed.end;
      return placed;
    });
    this.total = start;
    this.stops = questions.map((question) => ({ at: this.scene(question.after).end, question })).sort((one, other) => one.at - other.at);
  }

  scene(id) {
    return this.scenes.find((scene) => scene.id === id);
  }

  startOf(id) {
    return this.scene(id).start;
  }

  /** The first question up to a moment that waits for its answer, if there is one. */
  stopBefore(moment, isAnswered) {
    return this.stops.find((stop) => stop.at <= moment && !isAnswered(stop.question)) || null;
  }

  /** The part that a moment lies in, from one question to the next; one that was left unanswered comes first. */
  partAt(moment, isAnswered) {
    const waiting = this.stopBefore(moment, isAnswered);
    const ends = this.stops.map((stop) => stop.at).concat(this.total);
    const found = ends.findIndex((end) => (waiting ? end === waiting.at : end > moment));
    const number = found < 0 ? ends.length - 1 : found;
    const start = number ? ends[number - 1] : 0;
    const end = ends[number];
    const stop = this.stops[number];
    return {
      number: number + 1,
      start,
      end,
      last: number === ends.length - 1,
      scenes: this.scenes.filter((scene) => scene.start >= start && scene.end <= end),
      question: stop ? stop.question : null,
    };
  }
}

/** A moment for somebody who hears it: "1 phút 20 giây". */
export function inWords(seconds) {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes ? `${minutes} phút ${whole % 60} giây` : `${whole} giây`;
}

/** A moment for somebody who sees it: "1:20". */
export function inFigures(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
