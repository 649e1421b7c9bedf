// Right now, on a phone: a breath, a few questions, which way it leans and why, what will you do. What was said stays
// in memory until one keeps it; what is kept is sealed, and cannot be read here again.
import page from "./book.js";
import { understand, weigh, isSettled, nextQuestion } from "./weigh.js";
import { told } from "./telling.js";
import { balance } from "./balance.js";
import { ask, button, cited, el, h1, link, list, more, p, ways, write } from "./parts.js";
import { ask as askFirst, canKeep, keep, news, reasonNot, settled, waits, waitingScreen } from "./home.js";
import { _ } from "./words.js";

const AWAY = 600000; // milliseconds after which a phone that was put away begins anew
const ELSE = "else", WHO = "who_was_hit", HERE = "someone_here", WANT = "they_want";
const main = document.getElementById("main");
const book = understand(page.book);
const listed = (name) => book.responses.filter((each) => each.list === name);
const response = (id) => book.responses.find((each) => each.id === id);
const question = (id) => book.considerations.find((each) => each.id === id);
const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");

// A time with this phone's offset: a moment happened where the phone was.
function local(at) {
  const east = -at.getTimezoneOffset();
  const there = new Date(at.getTime() + east * 60000).toISOString().slice(0, 19);
  return `${there}${east < 0 ? "-" : "+"}${two(east / 60)}:${two(east % 60)}`;
}
function fresh(whose = "theirs") {
  const random = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, "0"));
  const id = Date.now().toString(16).padStart(12, "0") + random.join("");
  const words = { gut: "", did_else: "", line: "", remark: "", forecast: "", person: "" };
  return { id, book: page.name, whose, answers: {}, passed: [], did: {}, happened_at: local(new Date()), ...words };
}

// Steps back and forth: the browser remembers a number for each, and this page what was said by then.
let draft = fresh(), number = history.state ?? 0, steps = new Map(), shows, going = false;
function go(screen) {
  written();
  if (!going) draft.happened_at = local(new Date()); // the page may have lain open for a day
  going = true;
  steps.set(++number, [screen, structuredClone(draft)]);
  history.pushState(number, "");
  show(screen);
}
addEventListener("popstate", ({ state }) => {
  written();
  const [screen, before] = steps.get(state) ?? [opening, fresh()];
  const { line, remark, did_else } = draft;
  draft = before.id === draft.id ? { ...structuredClone(before), line, remark, did_else } : structuredClone(before);
  show(screen);
});
function show(screen, { quiet } = {}) {
  news("");
  shows = screen;
  main.replaceChildren(...screen().flat(9).filter(Boolean));
  if (quiet) return;
  main.parentElement.scrollTop = 0;
  main.querySelector("h1")?.focus({ preventScroll: true });
}

// What is being typed is kept before anything else is shown, and when one looks away.
const written = () => document.activeElement?.matches("textarea") && document.activeElement.dispatchEvent(new Event("change"));

const weighed = () => weigh(book, { ...draft.answers, whose: draft.whose });
function answer(id, given) {
  delete draft.answers[id];
  draft.passed = draft.passed.filter((each) => each !== id);
  if (given) draft.answers[id] = given;
  else draft.passed.push(id);
}

// The first questions, then the leaning.
function first() {
  const seen = new Set([...Object.keys(draft.answers), ...draft.passed]);
  if ((draft.answers[WHO] ?? HERE) !== HERE) seen.add(WANT);
  return draft.whose === "mine" ? undefined : book.considerations.find((each) => each.first && !seen.has(each.id));
}
function onward() {
  const weighing = weighed(), next = first();
  go(next && weighing.steer && weighing.bound === null ? () => asking(next, onward) : leaning);
}
const asked = (each, then, head) =>
  ask(each, head ?? each.text, draft.answers[each.id], (given) => (answer(each.id, given), then()));

function opening() {
  const mine = draft.whose === "mine", next = first();
  const chosen = ({ target }) => { draft.gut = target.value; };
  const chip = (value, words) =>
    el("label", {}, el("input", { type: "radio", name: "gut", value, autocomplete: "off", change: chosen }), words);
  return [
    el("p.breath", {}, el("span", { "aria-hidden": "true" }), _("Take a breath. There is time.")),
    el(
      "details.gut", {}, el("summary", {}, _("Before anything else: what does your gut say?")),
      el("fieldset", {}, el("legend.away", {}, _("What does your gut say?")), el("div.chips", {},
        listed(mine ? "mine" : "toward").map(({ id, text }) => chip(id, text)), chip(ELSE, _("something else")))),
    ),
    next && !mine ? asked(next, onward, h1(next.text)) : [
      h1(mine ? _("This time it was you. It can be mended, and it can be short.") : _("Right now")),
      button(_("Go on"), () => go(leaning), ".wide"),
    ],
    !mine && ways(link(_("Skip the questions: what does it lean to?"), () => go(leaning))),
    listed("mine").length && ways(link(mine ? _("Somebody else said it") : _("It was me who said it"), () => {
      draft = fresh(mine ? "theirs" : "mine");
      go(opening);
    })),
    canKeep ? el("p.ways", { id: "waits" }, wait()) : p(".soft", reasonNot()),
  ];
}
const wait = () => link(waits() ? _("{num} waiting", { num: waits() }) : _("What is kept here"), () => go(waiting));

const asking = (each, then) => [
  asked(each, then, h1(each.text)), said(),
  ways(link(_("What does it lean to so far?"), () => go(leaning))), canKeep && ways(link(_("Just save this moment"), () => did(""))),
];
const again = (each) => () => asking(each, () => go(leaning));
function said(open = false) {
  const row = ([id, given]) => {
    const each = question(id), { text } = each.answers.find((one) => one.id === given);
    return button([el("span", {}, each.text), " ", el("b", {}, text)], () => go(again(each)), ".row");
  };
  const given = Object.entries(draft.answers);
  if (!given.length) return null;
  const shown = more(_("What you said so far"), list("said", given, row));
  shown.open = open;
  return shown;
}

function leaning() {
  const weighing = weighed(), says = told(weighing), passed = new Set(draft.passed);
  if (weighing.bound !== null) return bound(says);
  const next = question(nextQuestion(weighing, passed)), settled = isSettled(weighing, passed);
  const why = (reasons, other) => list("why", reasons, (each) => cited(each, other));
  const head = says.leaning
    ? [h1(says.leaning), p(".sofar", settled && draft.passed.length ? _("No answer still open would change this.") : says.so_far),
      p(".meaning", says.meaning), weighing.steer && balance(book, weighing.leanings[0], says.leaning)]
    : h1(_("Any of these is yours."));
  return [
    says.bounds.map((each) => p(".bound", each)), p(".opening", says.opening), head, p(".differ", says.differ),
    says.because.length && [el("h2", {}, _("Because")), why(says.because.slice(0, 1))],
    says.beside.length && [el("h2.beside", {}, _("Alongside, because")), why(says.beside)],
    says.because.length + says.against.length > 1 &&
      more(_("More reasons"), why(says.because.slice(1)), why(says.against, true)),
    p(".remark", says.first_rule), says.remarks.map((each) => p(".remark", each)),
    says.tips.slice(0, 1).map((each) => p(".tip", each)),
    says.tips.length > 1 && more(_("What else would tip it"), says.tips.slice(1).map((each) => p(".tip", each))),
    next && el("section.next", {}, asked(next, () => go(leaning))),
    el("div.do", {}, el("h2", {}, says.closing || _("What will you do?")),
      choices(weighing).map((id) => button((!weighing.steer && response(id).if_me) || response(id).text, () => did(id))),
      button(_("Something else"), () => did(ELSE)), canKeep && button(_("Just save this moment"), () => did(""))),
    draft.gut && p(".soft", _("Before this, your gut said: %(gut)s. That counts too.",
      { gut: (response(draft.gut)?.text ?? _("something else")).toLowerCase() })),
    says.yours.length && more(_("Your own guidelines here, if you want them"), why(says.yours)),
    p(".soft", says.ask_yourself), said(),
  ];
}
// The lead and its rival where something is suggested, every response where nothing is.
function choices({ steer, mine, toward, leanings }) {
  const list = mine ?? toward;
  if (!steer || !list) return leanings.flatMap(({ ranking }) => ranking.map((each) => each.response));
  const rival = list.ranking.find((each) => !list.leads.includes(each.response));
  return [...list.leads, ...(rival ? [rival.response] : [])];
}
const sheet = () => list("sheet", page.help);
const bound = ({ bounds: [line, ...lines] }) => [
  el("section.calm", {}, h1(line), lines.map((each) => p("", each)), sheet()),
  canKeep && el("div.do", {}, button(_("Just save this moment"), () => did(""))),
  p(".soft", _("I answered something by mistake")), said(true),
];
function danger() {
  const says = page.book.bounds.filter((each) => each.replaces).map((each) => each.say);
  const [line, ...lines] = says.length ? says : [_("This is not one to weigh. Get help first.")];
  return [
    el("section.calm", {}, h1(line), lines.map((each) => p("", each)), el("h2", {}, _("Your help sheet")), sheet(),
      p(".soft", _("Nothing here is called by itself."))),
    ways(link(_("Back to right now"), () => (history.length > 1 ? history.back() : go(opening)))),
  ];
}

function did(chosen) {
  const known = response(chosen);
  draft.did = known ? { [known.list]: chosen } : {};
  draft.did_else = chosen === ELSE ? draft.did_else || _("something else") : "";
  go(kept);
  if (canKeep) keep(draft);
}
function kept() {
  const chosen = Object.values(draft.did).map(response);
  const lines = [...new Set(chosen.flatMap(({ id, lines }) => [...(Object.hasOwn(page.lines, id) ? page.lines[id] : []), ...lines]))].slice(0, 3);
  const beside = draft.did.beside || !weighed().steer ? [] : weighed().beside?.ranking ?? [];
  const own = draft, wrote = (name) => (words) => { own[name] = words; keep(own); };
  const line = write(_("In my own words"), draft.line, 2, wrote("line"));
  const begin = (words) => button(words, () => {
    line.lastChild.value = words;
    line.lastChild.focus();
    wrote("line")(words);
  }, ".line");
  return [
    h1(chosen.length ? chosen.map((each) => each.text).join(" · ") : draft.did_else ? _("Something else") : _("Saved")),
    el("div", { id: "kept" }, p(".bound", reasonNot())),
    chosen.some((each) => each.lets_be) && p(".remark", _("That is for now. This is not the same as agreeing.")),
    lines.length && [el("h2", {}, _("Some ways to begin")), list("lines", lines, canKeep ? begin : (words) => el("q", {}, words))],
    canKeep && [
      lines.length && line,
      draft.did_else && write(_("What was it, in your words?"), draft.did_else === _("something else") ? "" : draft.did_else, 2,
        (words) => wrote("did_else")(words || _("something else"))),
      more(_("Write down what was said, when, and who was there"),
        write(_("What they said, if you want to keep it"), draft.remark, 4, wrote("remark"))),
    ],
    button(_("Done for now"), begun, ".wide"),
  ];
}
const waiting = () => waitingScreen(() => show(waiting));
// Begin anew. What was said before is not shown again, not by going back either.
function begun() {
  written();
  steps = new Map();
  draft = fresh();
  go(opening);
  going = false;
}
let hidden = Infinity;
addEventListener("visibilitychange", () => {
  written();
  if (document.hidden) hidden = Date.now();
  else if (Date.now() - hidden > AWAY && shows !== opening) begun();
});

// Leaving covers the page first, then shows one that says nothing; what was just typed is sealed meanwhile.
let escaped = -1000;
function leave() {
  removeEventListener("beforeunload", askFirst); // somebody walked up: nothing is asked
  written();
  document.body.replaceChildren();
  document.title = "";
  settled().finally(() => location.replace("away.html"));
}
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (event.timeStamp - escaped < 600) leave();
  escaped = event.timeStamp;
});
document.getElementById("close").addEventListener("click", leave);
document.getElementById("danger").addEventListener("click", () => shows !== danger && go(danger));
addEventListener("pageshow", ({ persisted }) => persisted && (document.body.replaceChildren(), location.reload()));

// A page around this one could lead a finger to what it does not see, and a host of plain files sets no header against
// that: inside another page this one does nothing.
steps.set(history.state, [opening, draft]);
if (top === self) show(opening, { quiet: true });
else document.body.replaceChildren(p("", _("This page stands inside another one, so it does nothing. Open it by its own address.")));
addEventListener("counted", () => document.getElementById("waits")?.replaceChildren(wait()));
