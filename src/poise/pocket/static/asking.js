// Which question is worth asking next, and when none is. As poise.weighing.asking, where the reasons stand.
import { under } from "./conditions.js";
import { OUT, keyed, row } from "./tables.js";

const OUT_COUNTS = 4000, NONE = new Set();
const ALIKE = 0.001 / 256; // in thousandths of a doubling what Python's is in its units

/** Whether no answers to the questions still open, those `passed` over aside, could change a lead. */
export function isSettled(weighing, passed = NONE) {
  if (passed.size) return settled(weighing, passed);
  if (!weighing.kept.has("settled")) weighing.kept.set("settled", settled(weighing, passed));
  return weighing.kept.get("settled");
}

/** The consideration whose answer could most move a lead; null once settled. */
export function nextQuestion(weighing, passed = NONE) {
  if (isSettled(weighing, passed)) return null;
  const worth = worths(weighing, unanswered(weighing, passed));
  const rise = Math.max(...worth.map((each) => each.rise)) - ALIKE;
  const near = worth.filter((each) => each.rise >= rise);
  const moves = Math.max(...near.map((each) => each.moves)) - ALIKE;
  return weighing.book.considerations[near.find((each) => each.moves >= moves).position].id;
}

function unanswered({ book, codes }, passed) {
  const open = book.considerations.filter((each) => codes[each.position] < 0 && !passed.has(each.id));
  return new Set(open.map((each) => each.position));
}

function settled(weighing, passed) {
  const { opened, closed } = looked(weighing, unanswered(weighing, passed));
  return weighing.leanings.every(({ list, leads }) => {
    const members = weighing.book.members[list], leading = members.filter(({ id }) => leads.includes(id));
    const open = opened.filter(({ options }) => options.some(({ sum }) => members.some(({ lane }) => sum[lane])));
    const overtakes = (rival, lead) => {
      const gains = open.map((each) => gained(each, rival.lane, lead.lane));
      return reaches(gains, (leading.includes(rival) ? 1 : 0) - (closed[rival.lane] - closed[lead.lane]));
    };
    return !leading.some((lead) => members.some((rival) => rival !== lead && overtakes(rival, lead)));
  });
}

/** What a rival gains by each option of a table. */
function gained({ table, asked, options }, rival, lead) {
  return { table, asked, options: options.map(({ given, sum }) => ({ given, gain: sum[rival] - sum[lead] })) };
}

/** The tables that unanswered questions leave open with every way to answer them, and the scores all others come to. */
function looked({ book, codes }, free) {
  const opened = [], closed = new Float64Array(book.responses.length);
  for (const [lane, units] of book.start) closed[lane] = units;
  for (const table of book.tables) {
    const asked = table.scope.filter((position) => free.has(position));
    if (asked.length) opened.push({ table, asked, options: optionsOf(table, asked, codes) });
    else row(table, codes).sum.forEach((units, lane) => closed[lane] += units);
  }
  return { opened, closed };
}

function optionsOf(table, asked, codes) {
  const key = `${keyed(table, codes)}/${asked}`;
  if (!table.kept.has(key)) table.kept.set(key, completed(table, asked, [...codes]));
  return table.kept.get(key);
}

/** Every possible way to answer a table's open questions; every way at all where what was said is impossible. */
function completed(table, asked, codes) {
  const found = [], possible = [];
  const answer = (number) => {
    if (number === asked.length) {
      const { sum } = row(table, codes), given = new Map(asked.map((position) => [position, codes[position]]));
      const option = { given, sum, soft: Array.from(sum, soft), count: counted(table, given) };
      found.push(option);
      if (under(table.possible, codes) !== false) possible.push(option);
      return;
    }
    for (const code of apart(table, asked[number])) {
      codes[asked[number]] = code;
      answer(number + 1);
    }
  };
  answer(0);
  return possible.length ? possible : found;
}

/** How many ways of answering are alike in this one. */
function counted(table, given) {
  const alike = (position, code) => group(table, position).filter((each) => each === code).length;
  return [...given].reduce((all, [position, code]) => all * alike(position, code), 1);
}

const group = (table, position) => table.alike[table.scope.indexOf(position)];
const apart = (table, position) => [...new Set(group(table, position))].sort((a, b) => a - b);

/** Branch and bound: whether one option of each table, agreeing on what they share, can add up to at least `least`. */
function reaches(gains, least) {
  if (gains.reduce((sum, { options }) => sum + most(options), 0) < least) return false;
  const position = shared(gains);
  if (position === null) return true;
  return answersTo(gains, position).some((code) => {
    const rest = gains.map((each) => answered(each, position, code));
    return rest.every(({ options }) => options.length) && reaches(rest, least);
  });
}

const most = (options) => options.reduce((found, { gain }) => Math.max(found, gain), -Infinity);
const least = (options) => options.reduce((found, { gain }) => Math.min(found, gain), Infinity);

/** Of the open questions that several tables hang on, the one with most at stake; null if there is none. */
function shared(gains) {
  const stake = new Map();
  for (const { asked, options } of gains) {
    const spread = most(options) - least(options);
    for (const position of asked) {
      const known = stake.get(position) ?? { tables: 0, sum: 0 };
      stake.set(position, { tables: known.tables + 1, sum: known.sum + spread });
    }
  }
  let best = null;
  for (const [position, { tables, sum }] of stake) {
    if (tables > 1 && sum > (best === null ? 0 : stake.get(best).sum)) best = position;
  }
  return best;
}

/** One answer of each group that none of these tables tells apart. */
function answersTo(gains, position) {
  const groups = gains.filter(({ asked }) => asked.includes(position)).map(({ table }) => group(table, position));
  const first = new Map();
  groups[0].forEach((_, code) => {
    const told = groups.map((codes) => codes[code]).join();
    if (!first.has(told)) first.set(told, code);
  });
  return [...first.values()];
}

function answered({ table, asked, options }, position, code) {
  if (!asked.includes(position)) return { table, asked, options };
  const same = group(table, position)[code];
  const left = options.filter(({ given }) => given.get(position) === same);
  return { table, asked: asked.filter((each) => each !== position), options: left };
}

/** For each open question, what answering it would do on average, each of its answers counting alike. */
function worths(weighing, free) {
  const { opened, closed } = looked(weighing, free);
  const expected = Array.from(closed, soft);
  for (const each of opened) (each.mean = mean(each)).forEach((score, lane) => expected[lane] += score);
  const positions = [...new Set(opened.flatMap(({ asked }) => asked))].sort((a, b) => a - b);
  return positions.map((position) => {
    const size = weighing.book.sizes[position], found = { position, rise: 0, moves: 0 };
    for (let code = 0; code < size; code++) moved(weighing, opened, expected, position, code, found);
    return { position, rise: found.rise / size, moves: found.moves / size };
  });
}

/** Adds how far one answer lifts the best response over today's lead, and how far it moves the lists at all. */
function moved({ book, leanings }, opened, expected, position, code, found) {
  const after = [...expected];
  for (const each of opened) {
    if (!each.asked.includes(position)) continue;
    mean(each, position, code).forEach((score, lane) => after[lane] += score - each.mean[lane]);
  }
  for (const { list, leads } of leanings) {
    const members = book.members[list], top = (some) => Math.max(...some.map(({ lane }) => after[lane]));
    const drift = members.map(({ lane }) => after[lane] - expected[lane]);
    found.rise += top(members) - top(members.filter(({ id }) => leads.includes(id)));
    found.moves += Math.max(...drift) - Math.min(...drift);
  }
}

/** What a table adds on average over its options, one question perhaps answered; each answer counts alike. */
function mean({ table, options }, position = -1, code = -1) {
  const total = new Array(table.lanes).fill(0), same = position < 0 ? 0 : group(table, position)[code];
  let weight = 0;
  for (const { given, soft, count } of options) {
    if (position >= 0 && given.get(position) !== same) continue;
    weight += count;
    for (let lane = 0; lane < total.length; lane++) total[lane] += count * soft[lane];
  }
  return weight ? total.map((lane) => lane / weight) : total;
}

/** A score, with being out counted as a few doublings. */
const soft = (score) => score > OUT ? score : -OUT_COUNTS;
