/** Values: what a rule of the table admits. The twin of player/cmi/value.py; no regular expression is built after `compile`. */

/** @typedef {{type: string, access: string, default?: string, values?: string[], range?: (number | null)[], most?: number, pattern?: string}} Rule */

const MOST = 4096;

const HALF = /\p{Surrogate}/u;
const TAG = /^[A-Za-z]{1,3}(-[A-Za-z0-9]{1,8})*$/;
/** What ISO 639-2 leaves to whoever wants it. */
const OWN = /^q[a-t][a-z]$/;
const LANGUAGE = /^\{lang=([^}]*)\}/;
const DELIMITER = /^\{([a-z_]+)=([^}]*)\}/;

/** Make a table's rules ready: each with what its type says, and with regular expressions. @param {any} table */
export function compile(table) {
  const types = new Map(Object.entries(table.types).map(([name, type]) => [name, { ...type, regex: anchored(type.pattern) }]));
  const shared = { types, answers: new Map(Object.entries(table.answers ?? {})), languages: new Set(table.languages?.split(" ")) };
  return new Map(Object.entries(table.elements).map(([name, rule]) => [name, { ...types.get(rule.type), ...rule, shared }]));
}

/** "" if a value fits a rule, or the fault that says why it does not. @param {string} [sort] an interaction's type: answers depend on it */
export function fault(rule, value, sort) {
  if (isLonger(value, rule.most ?? MOST) || !isText(value)) return "type";
  if (rule.values && !rule.values.includes(value)) return "type";
  if (rule.regex && !rule.regex.test(value)) return "type";
  if (rule.range && value && !isWithin(rule.range, Number(value))) return "range";
  if (rule.kind === "language" && value && !isTag(rule, value)) return "type";
  if (rule.kind === "localized" && !isLocalized(rule, value)) return "type";
  const format = rule.shared.answers.get(sort);
  if (rule.kind === "answer" && format && !isAnswer(rule, format, value)) return "type";
  if (rule.kind === "pattern" && format && !isPattern(rule, format, value)) return "type";
  return "";
}

function anchored(pattern) {
  return pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, "u");
}

/** Lengths are counted in characters, but only where it matters: a character is at most two units. */
function isLonger(value, most) {
  return value.length > most && (value.length > 2 * most || [...value].length > most);
}

/** No database keeps NUL or half a character. Older browsers have but the slower way to tell. */
function isText(value) {
  return !value.includes("\0") && (value.isWellFormed ? value.isWellFormed() : !HALF.test(value));
}

function isWithin([least, most], number) {
  return (least === null || least <= number) && (most === null || number <= most);
}

function isTag(rule, tag) {
  const language = tag.split("-", 1)[0].toLowerCase();
  return TAG.test(tag) && (rule.shared.languages.has(language) || OWN.test(language));
}

function isLocalized(rule, value) {
  const said = LANGUAGE.exec(value);
  return !said || isTag(rule, said[1]);
}

/** Take `{case_matters=true}` and the like from the front, in any order; null if one is wrong. */
function bare({ delimiters = [] }, value) {
  let rest = value;
  for (let said = DELIMITER.exec(rest); said && delimiters.includes(said[1]); said = DELIMITER.exec(rest)) {
    if (said[2] !== "true" && said[2] !== "false") return null;
    rest = rest.slice(said[0].length);
  }
  return rest;
}

function isPattern(rule, format, value) {
  const rest = bare(format, value);
  return rest !== null && isAnswer(rule, { ...format, ...format.pattern }, rest);
}

/** Whether a value is an answer as an interaction of this sort has them: parts, pairs of parts, or lists of either. */
function isAnswer(rule, format, value) {
  if (!value && format.empty) return true;
  const items = format.many ? value.split("[,]") : [value];
  if (format.distinct && new Set(items).size < items.length) return false;
  return items.every((item) => {
    const parts = format.of.length > 1 ? item.split("[.]") : [item];
    return parts.length === format.of.length && item !== "[.]" && parts.every((part, at) => isPart(rule, format.of[at], part));
  });
}

function isPart(rule, kind, part) {
  if (kind === "any") return true;
  if (kind === "text") return isLocalized(rule, part);
  if (kind === "span" || (kind === "text or span" && part.includes("[:]"))) return isSpan(rule, part);
  if (kind === "text or span") return true;
  if (kind === "step" && !part) return true;
  return rule.shared.types.get(kind === "step" ? "short_identifier_type" : kind).regex.test(part);
}

/** Numbers from one to another, either of which may be open; a single one is the span of itself. */
function isSpan(rule, part) {
  const ends = part.split("[:]");
  const numbers = ends.filter((end) => end);
  if (ends.length > 2 || (ends.length === 1 && !part) || !numbers.every((end) => isPart(rule, "real(10,7)", end))) return false;
  return numbers.length < 2 || Number(numbers[0]) <= Number(numbers[1]);
}
