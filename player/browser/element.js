/** Names of elements: the one the table has them under, and the lists they lie in. The twin of player/cmi/element.py. */

const INDEX = /\.([0-9]+)(?=\.|$)/g;
const NO_NAME = /\.n(\.|$)|[{}]/;
const TARGET = "{target=";

/** No element has a longer name: the identifier of an activity, and what stands before it. */
const LONGEST = 4300;

/** The name under which the table has an element: `n` for each index. A lesson that says `n` itself means nothing. @param {string} element */
export function general(element) {
  if (element.length > LONGEST) return "";
  const plain = withoutTarget(element);
  return NO_NAME.test(plain) ? "" : plain.replace(INDEX, ".n");
}

/** In which lists an element lies, from the outermost. An index with a zero in front is none that can be reached. @param {string} element */
export function places(element) {
  return [...withoutTarget(element).matchAll(INDEX)].map((match) => ({
    collection: element.slice(0, match.index),
    index: match[1].length > 1 && match[1].startsWith("0") ? Infinity : Number(match[1]),
  }));
}

/** An activity's identifier may have dots and figures in it: it stands for itself. */
function withoutTarget(element) {
  const at = element.indexOf(TARGET);
  return at >= 0 && element.indexOf("}", at) === element.length - 1 ? `${element.slice(0, at)}target` : element;
}
