// The balance: each stone is one of the person's guidelines, its size its pull, on the pan of what it favours. The beam
// hangs by the exact difference: level for a tie, a little apart when close. As poise.web.drawing.balance.
import { el } from "./parts.js";
import { _ } from "./words.js";

const CLOSE = 500, ARM = 118, PAN = 84;
const size = (units) => (units >= 2250 ? [23, 15] : units >= 1125 ? [17.5, 11.5] : [12.5, 8.5]);
const number = (value) => Math.round(value * 100) / 100;

function draw(tag, attributes, ...inside) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** The two responses in front of a leaning; null where one stands alone. */
export function balance(book, { ranking: [here, there] }, title) {
  if (!there) return null;
  const apart = here.score - there.score;
  const angle = apart <= CLOSE ? (-2.5 * apart) / CLOSE : -Math.min(13, 2.5 + (3.5 * (apart - CLOSE)) / 1000);
  const pulls = new Map(here.reasons.map(({ guideline, score }) => [guideline, score]));
  for (const { guideline, score } of there.reasons) pulls.set(guideline, (pulls.get(guideline) ?? 0) - score);
  const labels = [here, there].map(({ response }) => wrapped(book.responses.find((each) => each.id === response).text));
  const tall = 168 + 18 * Math.max(...labels.map((each) => each.length));
  const pans = labels.map((label, i) => pan(label, pulls, i ? 1 : -1, angle, i === 0 || apart === 0, apart));
  return el("figure.balance", {},
    draw("svg", { viewBox: `-30 14 420 ${tall}`, role: "img", "aria-labelledby": "b-title b-desc" },
      draw("title", { id: "b-title" }, title), draw("desc", { id: "b-desc" }, _("The reasons on each side stand in the list below.")),
      draw("path", { class: "beam", d: "M180 158V52M150 158h60" }),
      draw("g", { transform: `rotate(${number(angle)} 180 52)` }, draw("path", { class: "beam", d: "M62 52H298" }),
        draw("circle", { class: "hub", cx: 180, cy: 52, r: 5 })), ...pans),
    el("figcaption", {}, _("Each stone is one of your own guidelines. A bigger stone pulls harder.")));
}

/** A pan on the left (-1) or the right (1), with what pulls its way. */
function pan(label, pulls, side, angle, leads, apart) {
  const turn = (angle * side * Math.PI) / 180;
  const units = [...pulls.values()].map((pull) => -side * pull).filter((pull) => pull > 0).sort((a, b) => b - a);
  const [x, y] = [180 + side * ARM * Math.cos(turn), 52 + ARM * Math.sin(turn)].map(number);
  return draw("g", { transform: `translate(${x} ${y})` },
    draw("path", { class: "cord", d: "M0 0L-44 66M0 0L44 66" }), draw("path", { class: "beam", d: "M-50 66Q0 92 50 66" }),
    ...stones(units, leads && apart > 0 ? "stone here" : "stone"),
    ...label.map((line, i) => draw("text", { class: leads ? "lead" : "", y: 114 + 18 * i, "text-anchor": "middle" }, line)));
}

/** The stones, the heaviest at the bottom, row upon row. */
function stones(units, kind) {
  const rows = [];
  let room = 0, floor = 72;
  for (const [rx, ry] of units.map(size)) {
    if (2 * rx > room) {
      rows.push([]);
      room = PAN;
    }
    rows.at(-1).push([rx, ry]);
    room -= 2 * rx;
  }
  return rows.flatMap((row) => {
    let x = -row.reduce((sum, [rx]) => sum + rx, 0);
    const laid = row.map(([rx, ry]) => {
      x += 2 * rx;
      return draw("ellipse", { class: kind, cx: number(x - rx), cy: number(floor - ry), rx, ry });
    });
    floor -= 2 * Math.max(...row.map(([, ry]) => ry)) - 3;
    return laid;
  });
}

/** A label in lines that fit under a pan; wide signs take twice the room. */
function wrapped(text) {
  const words = `${text[0].toLowerCase()}${text.slice(1)}`.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g);
  const wide = (word) => (/[\u2e80-\uffef]/.test(word) ? 2 : word.trim().length);
  const lines = [""];
  for (const word of words) {
    const long = [...lines.at(-1)].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
    if (long && long + wide(word) > 20) lines.push(word);
    else lines[lines.length - 1] += word;
  }
  return lines.map((line) => line.trim());
}
