// Says a sentence, with what stands in its places: `{name}`, or `%(name)s` as the templates of the app have it.
// The sentences behind `_(` and `say(` are put in the page's language when it is built.
const PLACE = /\{(\w+)\}|%\((\w+)\)s/g;
export const _ = (template, values = {}) => template.replace(PLACE, (place, name, other) => values[name ?? other] ?? place);
