// The weighing of one moment: bounds first, then each list apart, with the exact reasons. As poise.weighing in Python.
import { NEVER, conditions, under } from "./conditions.js";
import { BARRED, OUT, row, tables } from "./tables.js";

export { isSettled, nextQuestion } from "./asking.js";
export { turns } from "./turning.js";

const CLOSE = 500, LISTS = ["toward", "beside", "mine"];

/** A compiled rulebook, ready to weigh with. Its rows are those of poise.pocket.compiling. */
export function understand(compiled) {
  const made = conditions(compiled.conditions), at = (i, otherwise) => i === undefined ? otherwise : made[i];
  const considerations = compiled.considerations.map(consideration), responses = compiled.responses.map(response);
  const book = {
    ...compiled, considerations, responses,
    guidelines: compiled.guidelines.map(guideline), start: pairs(compiled.start),
    sizes: considerations.map(({ answers }) => answers.length),
    positions: new Map(considerations.map(({ id, position }) => [id, position])),
    impossible: compiled.impossible.map((group) => group.map((i) => made[i])),
    landedOnMe: at(compiled.landed_on_me, NEVER), inCharge: at(compiled.in_charge, NEVER),
    members: Object.fromEntries(LISTS.map((name) => [name, responses.filter(({ list }) => list === name)])),
    kept: new Map(),
  };
  book.tables = tables(effects(book, made), book.sizes, book.impossible, responses.length);
  book.replacing = book.tables.filter((table) => table.effects.some(({ bound }) => bound?.replaces));
  return book;
}

function consideration([id, answers, text, words, explain, flags], position) {
  const ids = answers.split(" ");
  return {
    id, position, text, explain, ordered: (flags & 1) > 0, first: (flags & 2) > 0, fixed: (flags & 4) > 0,
    answers: ids.map((id, code) => ({ id, text: words[code] === 0 ? id.replaceAll("_", " ") : words[code] })),
  };
}

const response = ([id, list, text, means, ifMe, lines, flags, lacks], lane) => ({
  id, lane, list: LISTS[list], text, means, if_me: ifMe, lines, lacks,
  direct: (flags & 1) > 0, lets_be: (flags & 2) > 0,
});
const guideline = ([id, say, because, anchored, clauses]) => ({ id, say, because, anchored: anchored > 0, clauses });

/** [[lane, lean], …] */
const pairs = (flat) => flat.flatMap((lane, i) => i % 2 ? [] : [[lane, flat[i + 1]]]);

/** Whatever holds or does not: clauses of guidelines, bounds, and needs that are missing. */
function effects(book, made) {
  const found = [], out = (lane) => [lane, -BARRED];
  for (const { id, clauses } of book.guidelines) {
    for (const [i, ...leans] of clauses) found.push({ condition: made[i], guideline: id, leans: pairs(leans) });
  }
  for (const bound of book.bounds) found.push({ condition: made[bound.condition], bound, leans: bound.never.map(out) });
  for (const { lacks, lane } of book.responses) {
    if (lacks !== undefined) found.push({ condition: made[lacks], leans: [out(lane)] });
  }
  return found;
}

/** Weigh a moment: {consideration: answer, whose: "mine" for my own slip}. Throws RangeError for what is not asked. */
export function weigh(book, { whose = "theirs", ...answers } = {}) {
  const codes = coded(book, answers);
  const rows = book.tables.map((table) => row(table, codes));
  const scores = summed(book, rows);
  const holding = rows.flatMap((each) => each.holding), open = rows.flatMap((each) => each.open);
  const bounds = boundStates(book, holding, open);
  const weighing = {
    book, answers, whose, codes, scores, bounds,
    bound: bounds.find(({ met, replaces }) => met && replaces)?.id ?? null,
    steer: under(book.landedOnMe, codes) !== true,
    applies: named(holding), open: inOrder(book, new Set(named(open))),
    toward: null, beside: null, mine: null, kept: new Map(),
  };
  if (weighing.bound === null) {
    const reasons = reasoned(book, holding), names = whose === "mine" ? ["mine"] : ["toward", "beside"];
    for (const name of names) weighing[name] = leaning(book, name, scores, reasons);
  }
  weighing.leanings = LISTS.map((name) => weighing[name]).filter(Boolean);
  return weighing;
}

function coded(book, answers) {
  const codes = book.sizes.map(() => -1);
  for (const [id, answer] of Object.entries(answers)) {
    const question = book.considerations[book.positions.get(id)];
    const code = question ? question.answers.findIndex((each) => each.id === answer) : -1;
    if (code < 0) throw new RangeError(`${id}=${answer}`);
    codes[question.position] = code;
  }
  return codes;
}

function summed(book, rows) {
  const scores = new Float64Array(book.responses.length);
  for (const [lane, units] of book.start) scores[lane] = units;
  for (const { sum } of rows) for (let lane = 0; lane < sum.length; lane++) scores[lane] += sum[lane];
  return scores;
}

const named = (effects) => [...new Set(effects.map(({ guideline }) => guideline).filter((id) => id !== undefined))];
const inOrder = (book, ids) => book.guidelines.map((each) => each.id).filter((id) => ids.has(id));

function boundStates(book, holding, open) {
  const met = new Set(holding.map((effect) => effect.bound)), possible = new Set(open.map((effect) => effect.bound));
  const seen = book.bounds.filter((bound) => met.has(bound) || possible.has(bound));
  return seen.map((bound) => ({ ...bound, met: met.has(bound) }));
}

/** For each lane, {guideline or "start": score}, in the order in which they came. */
function reasoned(book, holding) {
  const found = book.responses.map(() => new Map());
  for (const [lane, units] of book.start) found[lane].set("start", units);
  for (const { guideline, leans } of holding) {
    if (guideline === undefined) continue;
    for (const [lane, units] of leans) found[lane].set(guideline, (found[lane].get(guideline) ?? 0) + units);
  }
  return found;
}

/** One list, ranked by score and then by its order in the book; null where the book has no such list. */
function leaning(book, list, scores, reasons) {
  const standing = book.members[list].filter(({ lane }) => scores[lane] > OUT);
  if (!standing.length) return null;
  standing.sort((a, b) => scores[b.lane] - scores[a.lane]);
  const most = scores[standing[0].lane];
  const powers = standing.map(({ lane }) => 2 ** ((scores[lane] - most) / 1000));
  const whole = powers.reduce((sum, power) => sum + power);
  const ranking = standing.map(({ id, lane }, i) => ({
    response: id, lane, score: scores[lane], share: powers[i] / whole,
    reasons: [...reasons[lane]].filter(([, score]) => score).map(([guideline, score]) => ({ guideline, score })),
  }));
  return {
    list, ranking, leads: ranking.filter(({ score }) => score === most).map(({ response }) => response),
    close: ranking.length > 1 && most - ranking[1].score <= CLOSE,
    out: book.members[list].filter(({ lane }) => scores[lane] <= OUT).map(({ id }) => id),
  };
}
