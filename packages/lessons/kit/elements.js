/** The pieces that pages are made of. */

const SVG = "http://www.w3.org/2000/svg";
const PAPER = "#dcebf9";
const STAGE = { width: 600, height: 320 };

const ICONS = {
  play: "M7 4v16l13-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M15.5 4L7 12l8.5 8 2-2-6.4-6 6.4-6z",
  next: "M8.5 4L17 12l-8.5 8-2-2 6.4-6-6.4-6z",
  right: "M9 19.5L2 12.5l2.5-2.5L9 14.5 19.5 4 22 6.5z",
  wrong: "M5 3l7 7 7-7 2 2-7 7 7 7-2 2-7-7-7 7-2-2 7-7-7-7z",
  again: "M12 4V0L5 6l7 6V8a5 5 0 1 1-5 5H3a9 9 0 1 0 9-9z",
  text: "M3 4h18v4h-2V6.5h-5.5V18H16v2H8v-2h2.5V6.5H5V8H3z",
};

/** Make an element: `make("p", { class: "hint" }, "words", another)`. A function is a listener, false is left out. */
export function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes || {})) {
    const value = attributes[name];
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

/** Make a button with an icon before its words, or behind them. */
export function button(words, press, { icon, kind = "quiet", behind = false, ...more } = {}) {
  const label = make("span", {}, words);
  const drawn = icon ? sign(icon) : null;
  return make("button", { type: "button", class: `button ${kind}`, click: press, ...more }, ...(behind ? [label, drawn] : [drawn, label]));
}

/** A small sign; the words beside it say the same. */
export function sign(name) {
  const svg = drawn("svg", { class: "sign", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
  svg.append(drawn("path", { d: ICONS[name] }));
  return svg;
}

/** Put drawings together to a picture: each has its place and its size on the stage, and comes in gently. */
export function picture(layers, paper) {
  const svg = drawn("svg", {
    class: "picture",
    style: `background-color: ${paper || PAPER}`,
    viewBox: `0 0 ${STAGE.width} ${STAGE.height}`,
    "aria-hidden": "true",
    focusable: "false",
  });
  layers.forEach(({ draw, at, size, enter }, n) => {
    const use = drawn("use", { href: `#${draw}`, x: at[0], y: at[1], width: size, height: size });
    const group = drawn("g", { class: `enter ${enter || "rise"}`, style: `animation-delay: ${n * 250}ms` });
    group.append(use);
    svg.append(group);
  });
  return svg;
}

function drawn(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  return element;
}

/** Words for a share of 1: "75 %". */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}
