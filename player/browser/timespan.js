/** Spans of time as both editions write them, added up. The twin of player/cmi/timespan.py. */

const SECOND = 100;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CLOCK = /^([0-9]+):([0-9]+):([0-9]+)(?:\.([0-9]{1,2}))?$/;
const PERIOD =
  /^P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,2}))?S)?)?$/;

const LONGEST_ON_A_CLOCK = 10000 * HOUR - 1;

/** 0012:30:00.00 (RTE 1.2, 3.4.4). @param {string[]} spans */
export function clock(...spans) {
  let sum = 0;
  for (const span of spans) {
    const [, hours, minutes, seconds, parts] = CLOCK.exec(span) ?? [];
    sum += whole(hours) * HOUR + whole(minutes) * MINUTE + whole(seconds) * SECOND + hundredths(parts);
  }
  sum = Math.min(sum, LONGEST_ON_A_CLOCK);
  const [hours, minutes, seconds, rest] = split(sum, HOUR, MINUTE, SECOND);
  return `${padded(hours, 4)}:${padded(minutes, 2)}:${padded(seconds, 2)}.${padded(rest, 2)}`;
}

/** P1DT2H3M4.5S, and PT0H0M0S for none (RTE 2004, 4.1.1.7). A month has no length in days: months stay months. @param {string[]} spans */
export function period(...spans) {
  let [months, sum] = [0, 0];
  for (const span of spans) {
    const [, y, m, d, hours, minutes, seconds, parts] = PERIOD.exec(span) ?? [];
    months += whole(y) * 12 + whole(m);
    sum += whole(d) * DAY + whole(hours) * HOUR + whole(minutes) * MINUTE + whole(seconds) * SECOND + hundredths(parts);
  }
  const [days, hours, minutes, seconds, rest] = split(sum, DAY, HOUR, MINUTE, SECOND);
  const exact = rest ? `${seconds}.${padded(rest, 2).replace(/0$/, "")}` : String(seconds);
  const date = written([Math.floor(months / 12), "Y"], [months % 12, "M"], [days, "D"]);
  const time = written([hours, "H"], [minutes, "M"], [exact, "S"]);
  if (!date && !time) return "PT0H0M0S";
  return `P${date}${time && `T${time}`}`;
}

function split(sum, ...units) {
  const counts = [];
  let rest = sum;
  for (const unit of units) {
    counts.push(Math.floor(rest / unit));
    rest %= unit;
  }
  return [...counts, rest];
}

function written(...counts) {
  return counts.map(([count, unit]) => (count === 0 || count === "0" ? "" : `${count}${unit}`)).join("");
}

function padded(count, digits) {
  return String(count).padStart(digits, "0");
}

function whole(digits = "0") {
  return Number(digits);
}

function hundredths(digits = "0") {
  return Number(digits.padEnd(2, "0"));
}
