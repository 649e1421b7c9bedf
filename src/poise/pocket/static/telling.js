// A weighing in sentences, each in its place. As poise.weighing.telling; the words come with the compiled book.
import { under } from "./conditions.js";
import { isSettled, nextQuestion, turns } from "./weigh.js";

const START = "start", NOTHING_MORE = "nothing_more", LET_BE = "let_be", WHO_WAS_HIT = "who_was_hit";
const MOST = { reasons: 3, against: 2, lines: 3, atAll: 2, tips: 2 };
const HALF = 0.5 + 5e-10; // half, in the digits of a share that are sure

/** The sentences, named as in Python. What does not apply is empty. */
export function told(weighing) {
  const { words, bounds } = weighing.book;
  const said = {
    opening: "", bounds: weighing.bounds.filter(({ met }) => met).map(({ say }) => say), leaning: "", differ: "",
    meaning: "", because: [], against: [], beside: [], at_all: [], first_rule: "", remarks: [], choices: [], yours: [],
    tips: [], so_far: "", next: "", ask_yourself: "", lines: [], write_down: "", danger: "", closing: "",
  };
  if (weighing.bound !== null) {
    return { ...said, bounds: [bounds.find(({ id }) => id === weighing.bound).say, words.nothing_weighed] };
  }
  const main = weighing.mine ?? weighing.toward ?? weighing.beside;
  if (weighing.steer && !main) return { ...said, remarks: [words.no_list] };
  const danger = bounds.some(({ replaces }) => replaces) ? words.danger : "";
  const ending = { write_down: words.write_down, danger, closing: words.what_will_you_do };
  return { ...said, ...(weighing.steer ? toldLeaning(weighing, main) : toldToMe(weighing)), ...ending };
}

function toldToMe(weighing) {
  const { book, leanings } = weighing, { words } = book;
  const safe = answer(weighing, "safety") ? [] : [words.to_me_safe];
  const standing = leanings.flatMap(({ ranking }) => ranking);
  const named = new Set(standing.map(({ response }) => response));
  const speaking = new Set(standing.flatMap(({ reasons }) => reasons.map(({ guideline }) => guideline)));
  return {
    opening: joined(words, "sentences", [words.to_me, ...safe, words.to_me_free]),
    remarks: [words.not_agreeing],
    choices: book.responses.filter(({ id }) => named.has(id)).map((response) => label(weighing, response)),
    yours: book.guidelines.filter(({ id }) => speaking.has(id) && id !== book.cardinal).map((each) => (
      { guideline: each.id, say: each.say, because: each.because, units: 0, anchored: false, strength: "" })),
  };
}

function toldLeaning(weighing, main) {
  const { book } = weighing, { words } = book, beside = main === weighing.toward ? weighing.beside : null;
  const lead = response(book, main.leads[0]), [because, against] = reasons(weighing, main);
  const strongest = because.slice(0, MOST.reasons), next = nextQuestion(weighing);
  return {
    opening: opening(weighing), leaning: leaningWords(weighing, main, beside), differ: differ(weighing, main),
    meaning: main.leads.length === 1 ? lead.means : "", because: strongest, against: against.slice(0, MOST.against),
    beside: alongside(weighing, beside, strongest), at_all: atAll(weighing, main, strongest),
    first_rule: firstRule(weighing, main, strongest), remarks: remarks(weighing, main, [...because, ...against]),
    tips: tips(weighing), so_far: isSettled(weighing) ? words.settled : words.so_far,
    next: next === null ? "" : book.considerations[book.positions.get(next)].text,
    ask_yourself: lead.direct ? book.ask_yourself[0] ?? "" : "",
    lines: main.leads.flatMap((id) => response(book, id).lines).slice(0, MOST.lines),
  };
}

// ---- Words

const filled = (template, places) => template.replace(/\{(\w+)\}/g, (_, name) => places[name]);
const bare = (sentence) => sentence.replace(/\.+$/, "");
const response = (book, id) => book.responses.find((each) => each.id === id);
const label = ({ steer }, { if_me: ifMe, text }) => steer ? text : ifMe || text;

/** The answer's id, or undefined where the question is not asked or not answered. */
function answer({ book, codes }, id) {
  const question = book.considerations[book.positions.get(id)];
  return question?.answers[codes[question.position]]?.id;
}

/** `listed`, `clauses` or `sentences`: one after another. */
function joined(words, how, [first = "", ...rest]) {
  return rest.reduce((some, one) => filled(words[how], { some, one }), first);
}

/** `both` of these responses, or `either`, in quotes. */
function quotedAll(weighing, ids, how = "both") {
  const { words } = weighing.book, said = ids.map((id) => quoted(weighing, id)), one = said.pop();
  return said.length ? filled(words[how], { some: joined(words, "listed", said), one }) : one;
}

function quoted(weighing, id) {
  const [first = "", ...rest] = label(weighing, response(weighing.book, id));
  return filled(weighing.book.words.quoted, { words: first.toLowerCase() + rest.join("") });
}

// ---- Reasons

/** What sets the lead above the next, strongest first, and what sets it back. */
function reasons(weighing, { ranking }) {
  return ranking.length < 2 ? [[], []] : bothWays(weighing, apart(ranking[0], ranking[1]));
}

const guided = (cited) => cited.filter(({ guideline }) => guideline !== START);

/** [[guideline, how far it sets one response above the other]] */
function apart(here, there) {
  const pulls = new Map(here.reasons.map(({ guideline, score }) => [guideline, score]));
  for (const { guideline, score } of there.reasons) pulls.set(guideline, (pulls.get(guideline) ?? 0) - score);
  return [...pulls].filter(([, pull]) => pull);
}

function bothWays(weighing, pulls) {
  const last = ([guideline]) => guideline === START ? 1 : 0;
  const inOrder = [...pulls].sort((a, b) => last(a) - last(b) || Math.abs(b[1]) - Math.abs(a[1]));
  const cited = inOrder.map(([guideline, units]) => cite(weighing.book, guideline, units));
  return [cited.filter(({ units }) => units > 0), cited.filter(({ units }) => units < 0)];
}

function cite({ words, guidelines }, guideline, units) {
  const size = Math.abs(units), strength = size >= 2250 ? "strong" : size >= 1125 ? "pull" : "nudge";
  const start = { say: units > 0 ? words.starts_so : words.starts_otherwise, because: "", anchored: false };
  const { say, because, anchored } = guideline === START ? start : guidelines.find(({ id }) => id === guideline);
  return { guideline, say, because, units, anchored, strength };
}

/** What sets saying something above letting it be, where that is not what the lead is compared with. */
function atAll(weighing, { ranking }, said) {
  const silence = ranking.slice(2).find((each) => each.response === LET_BE);
  if (!silence) return [];
  const before = new Set([START, ...said.map(({ guideline }) => guideline)]);
  const fresh = bothWays(weighing, apart(ranking[0], silence))[0].filter(({ guideline }) => !before.has(guideline));
  return fresh.slice(0, MOST.atAll).map((each) => ({ ...each, because: "" }));
}

/** The strongest reason of the beside list; its `because` is left out where it was just said. */
function alongside(weighing, beside, said) {
  if (!beside || onlyNothing(beside)) return [];
  const before = new Set(said.map(({ guideline }) => guideline));
  const first = reasons(weighing, beside)[0].slice(0, 1);
  return first.map((each) => before.has(each.guideline) ? { ...each, because: "" } : each);
}

const onlyNothing = ({ leads }) => leads.length === 1 && leads[0] === NOTHING_MORE;

// ---- The leaning

function opening(weighing) {
  const { words, positions, inCharge } = weighing.book;
  if (weighing.whose === "mine") return words.to_me_who_slipped;
  if (under(inCharge, weighing.codes)) return words.to_me_in_charge;
  const hit = answer(weighing, WHO_WAS_HIT);
  if (!positions.has(WHO_WAS_HIT) || (hit ?? "someone_here") !== "someone_here") return "";
  const who = hit ? words.to_witness_here : words.to_witness;
  return answer(weighing, "they_want") ? who : joined(words, "sentences", [who, words.to_witness_want]);
}

function leaningWords(weighing, main, beside) {
  const { words } = weighing.book, leaning = whichWay(weighing, main);
  if (!beside) return filled(words.just_that, { leaning });
  if (onlyNothing(beside)) return filled(words.nothing_beside, { leaning });
  return filled(words.with_alongside, { leaning, also: quotedAll(weighing, beside.leads, "either") });
}

function whichWay(weighing, { leads, ranking, close }) {
  const { words } = weighing.book;
  if (leads.length > 1) return filled(words.level, { responses: quotedAll(weighing, leads) });
  const lead = quoted(weighing, leads[0]);
  if (ranking.length === 1) return filled(words.left, { lead });
  if (!close) return filled(words.leans, { lead });
  return filled(words.leans_close, { lead, rival: quoted(weighing, ranking[1].response) });
}

/** Both sides, each with its strongest reason, where good people would differ. */
function differ(weighing, main) {
  const { words } = weighing.book, { ranking, close } = main;
  if (ranking.length < 2 || !(close || ranking[0].share < HALF)) return "";
  const sides = reasons(weighing, main).flatMap((cited, i) => {
    const [first] = guided(cited), { response } = ranking[i];
    return first ? [filled(words.for_response, { response: quoted(weighing, response), reason: bare(first.say) })] : [];
  });
  return joined(words, "sentences", [words.good_people, ...sides]);
}

/** Said openly when the leaning goes against the first rule, with what outweighed it. */
function firstRule({ book, applies }, { ranking }, because) {
  const { words, cardinal } = book;
  if (!applies.includes(cardinal) || ranking.length === 1) return "";
  if (!ranking[0].reasons.some(({ guideline, score }) => guideline === cardinal && score < 0)) return "";
  const outweighed = guided(because).map(({ say }) => bare(say));
  const rule = filled(words.against_first_rule, { rule: book.guidelines.find(({ id }) => id === cardinal).say });
  const what = filled(words.outweighed, { what: joined(words, "clauses", outweighed) });
  return joined(words, "sentences", [rule, outweighed.length ? what : words.start_outweighed]);
}

/** What belongs beside the leaning: for now, nothing in the way, or no guideline that speaks yet. */
function remarks(weighing, { ranking, leads, list }, cited) {
  const { book } = weighing, { words } = book, several = ranking.length > 1, found = [];
  if (several && !guided(cited).length) found.push(words.only_start);
  if (leads.some((id) => response(book, id).lets_be)) found.push(words.for_now, ...(several ? [words.an_end] : []));
  else if (list === "toward" && nothingInTheWay(weighing)) found.push(words.nothing_in_the_way);
  return found;
}

function nothingInTheWay(weighing) {
  const silence = weighing.toward.ranking.find((each) => each.response === LET_BE);
  if (answer(weighing, WHO_WAS_HIT) !== "someone_here" || !weighing.applies.length || !silence) return false;
  return silence.reasons.every(({ guideline, score }) => guideline === START || score <= 0);
}

// ---- What would tip it

/** The nearest turns in words, at most two a list, each to another lead. */
function tips(weighing) {
  const said = new Map(), reached = turns(weighing).map((turn) => ({ turn, far: reach(weighing, turn) }));
  reached.sort((a, b) => a.far - b.far || a.turn.lead.length - b.turn.lead.length);
  for (const { turn } of reached) {
    const key = `${turn.list} ${turn.lead}`, many = [...said.values()].filter(({ list }) => list === turn.list).length;
    if (!said.has(key) && many < MOST.tips) said.set(key, { list: turn.list, tip: tip(weighing, turn) });
  }
  return [...said.values()].map((each) => each.tip);
}

/** How far a turn is from what is known: questions still open first, then answers one step away. */
function reach(weighing, { changes }) {
  const { considerations, positions } = weighing.book;
  return Object.entries(changes).reduce((far, [id, changed]) => {
    const { position, ordered, answers } = considerations[positions.get(id)], now = weighing.codes[position];
    const steps = Math.abs(answers.findIndex((each) => each.id === changed) - now);
    const aboutMe = id === WHO_WAS_HIT && (changed === "me" || answers[now]?.id === "me");
    return far + (now < 0 ? 0 : 1 + (ordered ? steps : 2)) + (aboutMe ? 10 : 0);
  }, 0);
}

function tip(weighing, { changes, list, lead }) {
  const { words, considerations, positions } = weighing.book;
  const were = Object.entries(changes).map(([id, changed]) => {
    const { text, answers } = considerations[positions.get(id)];
    return filled(words.answer_were, { question: text, answer: answers.find((each) => each.id === changed).text });
  });
  const fresh = lead.filter((id) => !weighing[list].leads.includes(id));
  const so = were.reduce((some, also) => filled(words.so_and, { so: some, also }));
  const would = fresh.length === lead.length ? words.would_tip : words.would_stand_level;
  return filled(would, { which: quotedAll(weighing, fresh), so });
}
