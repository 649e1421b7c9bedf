// What would tip it: all smallest sets of changed answers that put another response first. As poise.weighing.turning.
import { ALWAYS, all, completions, find, not } from "./conditions.js";
import { keyed, row } from "./tables.js";

const MOST_CHANGES = 4;

/** For each list, [{changes: {question: answer}, list, lead}], ties counting as first. */
export function turns(weighing) {
  const { kept, leanings } = weighing;
  if (!kept.has("turns")) kept.set("turns", leanings.flatMap((leaning) => turned(weighing, leaning)));
  return kept.get("turns");
}

function turned(weighing, leaning) {
  const seen = seenFrom(weighing.book, leaning);
  const search = {
    weighing, leaning, seen, codes: [...weighing.codes],
    now: seen.lanes.map((lane) => weighing.scores[lane] - weighing.scores[seen.lead]),
    rivals: seen.lanes.map((lane, i) => i).filter((i) => !leaning.leads.includes(seen.ids[i])),
  };
  for (let size = 1; size <= MOST_CHANGES && search.rivals.length; size++) {
    const found = [];
    for (const positions of sets(search, size)) tried(search, positions, found);
    if (found.length) return found;
  }
  return [];
}

/** A list seen from who leads it: what leans on all its responses alike is gone, and tables that do nothing else. */
function seenFrom(book, { list, leads: [first] }) {
  const name = `${list} ${first}`;
  if (book.kept.has(name)) return book.kept.get(name);
  const members = book.members[list], lanes = members.map(({ lane }) => lane);
  const lead = members.find(({ id }) => id === first).lane;
  const fixed = (position) => book.considerations[position].fixed;
  const moving = ({ leans }) => {
    const sum = new Map(leans);
    return lanes.some((lane) => (sum.get(lane) ?? 0) !== (sum.get(lead) ?? 0));
  };
  const tables = book.tables.filter((table) => !table.scope.every(fixed) && table.effects.some(moving));
  const watched = [...tables, ...book.replacing].flatMap((table) => table.scope);
  watched.push(...completions(all(book.impossible.flat()), book.sizes, []).scope);
  const changeable = [...new Set(watched)].filter((position) => !fixed(position)).sort((a, b) => a - b);
  const seen = { name, lanes, lead, tables, changeable, ids: members.map(({ id }) => id) };
  book.kept.set(name, seen);
  return seen;
}

/** Sets of questions whose change could let some rival catch up. */
function* sets(search, size) {
  const { seen, now, rivals } = search, catchesUp = (lanes) => rivals.some((rival) => lanes[rival] >= 0);
  search.most ??= new Map(seen.changeable.map((position) => [position, most(search, [position], seen.changeable)]));
  for (const positions of reaching(search, size, 0, now, catchesUp)) {
    if (size === 1 || catchesUp(add(now, most(search, positions, positions)))) yield positions;
  }
}

/** The same, more easily told: each table counts in full for every question that it looks at. */
function* reaching(search, size, from, lanes, catchesUp) {
  const { changeable } = search.seen;
  for (let i = from; i <= changeable.length - size; i++) {
    const reached = add(lanes, search.most.get(changeable[i]));
    if (size > 1) {
      for (const rest of reaching(search, size - 1, i + 1, reached, catchesUp)) yield [changeable[i], ...rest];
    } else if (catchesUp(reached)) yield [changeable[i]];
  }
}

const add = (lanes, more) => lanes.map((lane, i) => lane + more[i]);
const less = (lanes, some) => lanes.map((lane, i) => lane - some[i]);

/** The most that the tables which look at `positions` could add to each lane, were any of `changed` changed. */
function most({ seen, codes }, positions, changed) {
  const sum = seen.lanes.map(() => 0);
  for (const table of touched(seen, positions)) {
    const asked = changed.filter((position) => table.scope.includes(position));
    mostOf(seen, table, asked, codes).forEach((units, i) => sum[i] += units);
  }
  return sum;
}

const touched = ({ tables }, positions) => tables.filter(({ scope }) => positions.some((each) => scope.includes(each)));

/** The same for one table, and never less than 0; kept, as its rows are. */
function mostOf(seen, table, asked, codes) {
  const key = `${seen.name}/${keyed(table, codes)}/${asked}`;
  if (!table.kept.has(key)) {
    const now = lanesOf(seen, table, codes), found = now.map(() => 0);
    each(asked, table, codes, () => {
      lanesOf(seen, table, codes).forEach((units, i) => found[i] = Math.max(found[i], units - now[i]));
    });
    table.kept.set(key, found);
  }
  return table.kept.get(key);
}

/** Calls `then` under every way to change some of these answers, today's among them; one answer of those alike. */
function each(asked, table, codes, then, number = 0) {
  if (number === asked.length) return then();
  const position = asked[number], today = codes[position];
  for (const code of new Set([today, ...table.alike[table.scope.indexOf(position)]])) {
    codes[position] = code;
    each(asked, table, codes, then, number + 1);
  }
  codes[position] = today;
}

function lanesOf({ lanes, lead }, table, codes) {
  const { sum } = row(table, codes);
  return lanes.map((lane) => sum[lane] - sum[lead]);
}

/** The changes of exactly these questions that put somebody new in the lead. */
function tried(search, positions, found) {
  const { seen, codes, now, weighing } = search, tables = touched(seen, positions);
  const rest = tables.reduce((lanes, table) => less(lanes, lanesOf(seen, table, codes)), now);
  const change = (number) => {
    if (number === positions.length) {
      judged(search, positions, tables.reduce((lanes, table) => add(lanes, lanesOf(seen, table, codes)), rest), found);
      return;
    }
    const position = positions[number], today = weighing.codes[position];
    for (let code = 0; code < weighing.book.sizes[position]; code++) {
      if (code === today) continue;
      codes[position] = code;
      change(number + 1);
    }
    codes[position] = today;
  };
  change(0);
}

/** Keeps the change if it is a turn: another leads then, and the moment is one to weigh. */
function judged({ seen, codes, leaning, weighing }, positions, lanes, found) {
  const top = Math.max(...lanes), lead = seen.ids.filter((_, i) => lanes[i] === top);
  if (lead.every((id) => leaning.leads.includes(id)) || !canBe(weighing.book, codes)) return;
  const changes = Object.fromEntries(positions.map((position) => {
    const { id, answers } = weighing.book.considerations[position];
    return [id, answers[codes[position]].id];
  }));
  found.push({ changes, list: leaning.list, lead });
}

/** Whether a changed moment is weighed, and possible in at least one completion. */
function canBe(book, codes) {
  if (book.replacing.some((table) => row(table, codes).holding.some((effect) => effect.bound?.replaces))) return false;
  book.searches ??= book.impossible.map((group) => completions(all(group.map(not)), book.sizes, []));
  return book.searches.every((search) => find(search, true, codes, ALWAYS));
}
