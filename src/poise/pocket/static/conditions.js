// Conditions over finite answers: Kleene's strong logic, and every way that unanswered questions could be answered.
//
// A condition is [position, mask]: the answer is among these; [NOT, inner]; [ALL, …inner] or [ANY, …inner].
// Answers are codes by position, below 0 where nobody said.
const NOT = -1, ALL = -2, ANY = -3;

export const ALWAYS = [ALL], NEVER = [ANY];

/** The conditions of a compiled book, in which each part is the number of an earlier one. */
export function conditions(numbered) {
  const made = [];
  for (const [kind, ...rest] of numbered) made.push([kind, ...(kind < 0 ? rest.map((i) => made[i]) : rest)]);
  return made;
}

export const not = (inner) => [NOT, inner];
export const all = (inner) => [ALL, ...inner];

/** true or false where the answers given settle it, null where they do not. */
export function under(condition, codes) {
  const kind = condition[0];
  if (kind >= 0) return codes[kind] < 0 ? null : (condition[1] >>> codes[kind] & 1) === 1;
  if (kind === NOT) {
    const inner = under(condition[1], codes);
    return inner === null ? null : !inner;
  }
  const decides = kind === ANY;
  let found = !decides;
  for (let i = 1; i < condition.length; i++) {
    const value = under(condition[i], codes);
    if (value === decides) return value;
    if (value === null) found = null;
  }
  return found;
}

/** Every comparison inside, in order. */
export function parts(condition) {
  return condition[0] >= 0 ? [condition] : condition.slice(1).flatMap(parts);
}

export const scope = (condition) => new Set(parts(condition).map((part) => part[0]));

/** For each answer, the first one that no comparison among `found` tells apart from it. */
export function alike(position, size, found) {
  const masks = found.filter((part) => part[0] === position).map((part) => part[1]);
  const first = new Map();
  return Array.from({ length: size }, (_, code) => {
    const told = masks.map((mask) => mask >>> code & 1).join("");
    if (!first.has(told)) first.set(told, code);
    return first.get(told);
  });
}

/** The search through all completions of one condition; only what is impossible and shares a question matters. */
export function completions(condition, sizes, groups) {
  const looked = scope(condition);
  const touching = groups.filter((group) => [...scope(all(group))].some((position) => looked.has(position)));
  const possible = all(touching.flat().map(not));
  const found = [...parts(condition), ...parts(possible)];
  const at = [...new Set(found.map((part) => part[0]))].sort((a, b) => a - b);
  const answers = new Map(at.map((p) => [p, [...new Set(alike(p, sizes[p], found))].sort((a, b) => a - b)]));
  return { condition, possible, scope: at, answers };
}

/** [whether it can be false, whether it can be true]. Answers given that are impossible are taken as given. */
export function outcomes(search, codes) {
  const values = [false, true].map((value) => find(search, value, codes));
  return values[0] || values[1] ? values : [false, true].map((value) => find(search, value, codes, ALWAYS));
}

/** Whether some possible completion of the answers gives the condition this value. `codes` are as before afterwards. */
export function find(search, value, codes, possible = search.possible) {
  const allowed = under(possible, codes), found = under(search.condition, codes);
  if (allowed === false || found === !value) return false;
  if (allowed && found === value) return true;
  const [open] = parts(found === null ? search.condition : possible).find((part) => codes[part[0]] < 0);
  const some = search.answers.get(open).some((code) => {
    codes[open] = code;
    return find(search, value, codes, possible);
  });
  codes[open] = -1;
  return some;
}
