// Pieces of a screen: made as elements, so that no text is ever read as markup.
import { _ } from "./words.js";

/** el("p.soft", {id: "x", click: () => …}, "text", another): an element; what is empty is left out. */
export function el(what, attributes, ...inside) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes ?? {}))
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false) made.setAttribute(name, value);
  made.append(...inside.flat(9).filter(Boolean));
  return made;
}

export const p = (kind, ...inside) => (inside.some(Boolean) ? el(`p${kind}`, {}, inside) : null);
export const h1 = (...inside) => el("h1", { tabindex: -1 }, inside);
export const button = (words, click, kind = "", more = {}) => el(`button${kind}`, { type: "button", click, ...more }, words);
export const ways = (...inside) => el("p.ways", {}, inside);
export const link = (words, click) => button(words, click, ".link");
export const more = (summary, ...inside) => el("details", {}, el("summary", {}, summary), inside);
export const list = (kind, lines, made = (line) => line) =>
  lines.length ? el(`ul.${kind}`, {}, lines.map((line) => el("li", {}, made(line)))) : null;

/** A question: every answer is a button, so that one tap answers it. */
export function ask(question, head, chosen, answer) {
  const chip = ({ id, text }) => button(text, () => answer(id), "", { "aria-pressed": id === chosen });
  return el(
    "div.ask",
    {},
    el(
      "fieldset",
      {},
      el("legend", {}, head),
      el("div.chips", {}, question.answers.map(chip), button(_("I don’t know"), () => answer(""), ".quiet")),
    ),
    question.explain && more(_("What is meant"), p("", question.explain)),
  );
}

const PULLS = { strong: _("strong"), pull: _("a pull"), nudge: _("a nudge") };
const START = "start"; // where the book starts stands among the reasons under this name

/** One of the person's own guidelines as a reason. */
export function cited(reason, other) {
  const start = reason.guideline === START;
  const say = start ? _("%(sentence)s.", { sentence: reason.say[0].toUpperCase() + reason.say.slice(1) }) : reason.say;
  const notes = [other && _("the other way"), PULLS[reason.strength], reason.anchored && _("you care about this one")];
  const small = [notes.filter(Boolean).join(" · "), reason.because].filter(Boolean);
  return [el(start ? "span.own" : "q", {}, say), el("small", {}, small.map((line) => el("i", {}, line)))];
}

/** Text that is written on: kept a moment after the last key. */
export function write(words, value, rows, wrote) {
  let later;
  const field = el("textarea", {
    rows,
    maxlength: 20000,
    autocomplete: "off",
    spellcheck: "false",
    input: () => { clearTimeout(later); later = setTimeout(() => wrote(field.value.trim()), 500); },
    change: () => { clearTimeout(later); wrote(field.value.trim()); },
  });
  field.value = value;
  return el("label", {}, words, field);
}
