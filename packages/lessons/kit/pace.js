/** How long a slide stays: the time that somebody needs who reads slowly; and the clock that counts it. */

const SYLLABLES_A_SECOND = 2.2;
const TO_LOOK = 4;
const TICK = 200;

/** Vietnamese writes syllables apart: words between blanks are what is read. */
export function readingSeconds(texts) {
  const syllables = texts.join(" ").split(/\s+/).filter(Boolean).length;
  return TO_LOOK + syllables / SYLLABLES_A_SECOND;
}

export class Pace {
  /** `over` is called when the time of a slide is over; `told` hears how it goes. */
  constructor(over, { running }) {
    this.over = over;
    this.running = running;
    this.told = () => {};
    this.timer = 0;
    this.seconds = 0;
    this.passed = 0;
  }

  /** Count for a new slide. */
  start(seconds) {
    this.stop();
    this.seconds = seconds;
    this.passed = 0;
    this.tell();
    if (this.running) this.count();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
  }

  /** Stay on this slide, and on the next ones, until told otherwise. */
  hold() {
    this.running = false;
    this.stop();
    this.tell();
  }

  toggle() {
    if (this.running) {
      this.hold();
      return;
    }
    this.running = true;
    this.tell();
    this.count();
  }

  count() {
    this.stop();
    this.timer = setInterval(() => {
      this.passed += TICK / 1000;
      if (this.passed >= this.seconds) {
        this.stop();
        this.over();
      } else {
        this.tell();
      }
    }, TICK);
  }

  tell() {
    this.told({ running: this.running, share: this.running ? Math.min(1, this.passed / this.seconds) : 0 });
  }
}
