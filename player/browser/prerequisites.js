/**
 * What an item of SCORM 1.2 waits for, written in `aicc_script` (CMI Guidelines, 5.2): read, judged, and said in words. Pure.
 * packages/prerequisites.py has read it at import, and let only sentences of the language through.
 *
 * @typedef {{all: Term[]} | {any: Term[]} | {some: Term[], count: number} | {not: Term} | {item: string, status?: string, is?: boolean}} Term
 * @typedef {(item: string) => {done: boolean, status: string} | null} Standing where the learner stands in an item; null: there is no such item
 */

const TOKEN = /\s*(<>|[&|~(){},=*]|"[^"]*"|[^\s&|~(){},=*<>"]+)/y;

/** @param {string} script @returns {Term} */
export function read(script) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(script); match; match = TOKEN.exec(script)) tokens.push(match[1]);
  return tokens.length ? alternatives(tokens) : { all: [] };
}

/** Tell whether nothing is waited for. What no item is called cannot be waited for: that would be for ever. @param {Term} term @param {Standing} standing */
export function isMet(term, standing) {
  if ("all" in term) return term.all.every((one) => isMet(one, standing));
  if ("any" in term) return term.any.some((one) => isMet(one, standing));
  if ("some" in term) return term.some.filter((one) => isMet(one, standing)).length >= term.count;
  if ("not" in term) return !isMet(term.not, standing) || namesNobody(term.not, standing);
  const found = standing(term.item);
  if (!found) return true;
  if (term.status === undefined) return found.done;
  return (found.status[0] === term.status) === term.is;
}

/**
 * Say what is still waited for.
 * @param {Term} term @param {Standing} standing
 * @param {{title: (item: string) => string, words: Record<string, string>}} saying
 */
export function inWords(term, standing, saying) {
  const { title, words } = saying;
  if ("all" in term) return joined(term.all.filter((one) => !isMet(one, standing)), words.and, standing, saying);
  if ("any" in term) return joined(term.any, words.or, standing, saying);
  if ("some" in term) {
    return words.some.replace("{count}", String(term.count)).replace("{items}", joined(term.some, ", ", standing, saying));
  }
  if ("not" in term) return words.not.replace("{items}", inWords(term.not, standing, saying));
  const name = `“${title(term.item)}”`;
  if (term.status === undefined) return name;
  const said = `${name} (${words[`status ${term.status}`] ?? term.status})`;
  return term.is ? said : words.not.replace("{items}", said);
}

function joined(terms, between, standing, saying) {
  return terms.map((one) => inWords(one, standing, saying)).join(between);
}

function namesNobody(term, standing) {
  return "item" in term && standing(term.item) === null;
}

function alternatives(tokens) {
  const terms = [together(tokens)];
  while (tokens[0] === "|") {
    tokens.shift();
    terms.push(together(tokens));
  }
  return terms.length > 1 ? { any: terms } : terms[0];
}

function together(tokens) {
  const terms = [one(tokens)];
  while (tokens[0] === "&") {
    tokens.shift();
    terms.push(one(tokens));
  }
  return terms.length > 1 ? { all: terms } : terms[0];
}

function one(tokens) {
  const token = tokens.shift() ?? "";
  if (token === "~") return { not: one(tokens) };
  if (token === "(") return closed(tokens, alternatives(tokens));
  if (tokens[0] === "*") return { count: Number(token), some: set(tokens) };
  const item = bare(token);
  if (tokens[0] !== "=" && tokens[0] !== "<>") return { item };
  const is = tokens.shift() === "=";
  return { item, is, status: bare(tokens.shift() ?? "").toLowerCase()[0] ?? "" };
}

function set(tokens) {
  tokens.splice(0, 2); // * {
  const terms = [alternatives(tokens)];
  while (tokens[0] === ",") {
    tokens.shift();
    terms.push(alternatives(tokens));
  }
  return closed(tokens, terms);
}

function closed(tokens, term) {
  tokens.shift();
  return term;
}

function bare(token) {
  return token.replace(/^"(.*)"$/, "$1");
}
