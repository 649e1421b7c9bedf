// A rulebook as tables: for each set of questions that hang together, what their answers lean. Filled on demand.
//
// Scores are whole thousandths of a doubling. A response that is out has BARRED taken off: far beyond any sum of leans,
// and all sums stay far below 2^53.
import { alike, all, completions, outcomes, parts } from "./conditions.js";

export const BARRED = 2 ** 36, OUT = -(2 ** 35);

/** The tables of a book: its effects, those together that look at the same questions. */
export function tables(effects, sizes, impossible, lanes) {
  const groups = new Map();
  for (const effect of effects) {
    const search = completions(effect.condition, sizes, impossible);
    const key = search.scope.join();
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push({ ...effect, search });
  }
  return [...groups.values()].map((together) => table(together, sizes, lanes));
}

function table(effects, sizes, lanes) {
  const { scope } = effects[0].search;
  const possible = all(effects.map((effect) => effect.search.possible).filter((each) => each.length > 1));
  const found = [...effects.flatMap((effect) => parts(effect.condition)), ...parts(possible)];
  const same = scope.map((position) => alike(position, sizes[position], found));
  return { scope, effects, possible, alike: same, digits: digits(same), lanes, rows: new Map(), kept: new Map() };
}

/** For each question and code + 1, what it adds to the key of a row. Answers that nothing tells apart share one. */
function digits(same) {
  let worth = 1;
  return same.map((codes) => {
    const apart = [...new Set(codes)];
    if (apart.length === 1) return [0, ...codes.map(() => 0)];
    const found = [0, ...codes.map((code) => (apart.indexOf(code) + 1) * worth)];
    worth *= apart.length + 1;
    return found;
  });
}

/** The key of a row. */
export function keyed(table, codes) {
  let key = 0;
  for (let i = 0; i < table.scope.length; i++) key += table.digits[i][codes[table.scope[i]] + 1];
  return key;
}

/** What these answers do: {sum: what each response gets, holding: effects, open: effects}. */
export function row(table, codes) {
  const key = keyed(table, codes);
  let found = table.rows.get(key);
  if (!found) table.rows.set(key, found = filled(table, codes));
  return found;
}

function filled({ effects, lanes }, codes) {
  const sum = new Float64Array(lanes), holding = [], open = [];
  for (const effect of effects) {
    const [no, yes] = outcomes(effect.search, codes);
    if (no && yes) open.push(effect);
    if (no) continue;
    holding.push(effect);
    for (const [lane, units] of effect.leans) sum[lane] += units;
  }
  return { sum, holding, open };
}
