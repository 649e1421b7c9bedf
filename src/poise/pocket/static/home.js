// Keeping, and the way home: what is kept waits sealed, and goes home as a file.
import page from "./book.js";
import { add, file, gone, letters, waiting } from "./outbox.js";
import { button, el, h1, p } from "./parts.js";
import { _ } from "./words.js";

export const canKeep = Boolean(page.address && isSecureContext);
export const reasonNot = () => {
  if (!page.address) return _("There is no journal behind this page: it weighs, and keeps nothing.");
  return isSecureContext ? "" : _("This page came over plain http, where nothing can be sealed and anybody on the way can change it. It weighs, and keeps nothing. The way out: open it by an address that begins with https.");
};
export const news = (words) => { document.getElementById("news").textContent = words; };

// Sealed, and no room was left for them: they are here as long as this page is.
const roomless = new Map();
let count = 0, turn = Promise.resolve();
/** When all that was handed in is sealed and stored, or soon, whichever comes first. */
export const settled = () => Promise.race([turn, new Promise((done) => { setTimeout(done, 300); })]);
export const waits = () => count;
async function stored() {
  const found = new Map((await letters().catch(() => [])).map((each) => [each.name, each]));
  for (const [name, each] of roomless) found.set(name, each);
  count = found.size;
  dispatchEvent(new Event("counted"));
  return [...found.values()];
}

/** Seal a moment and let it wait; said in #kept. One after another, so that the last word written is the one kept. */
export function keep(draft) {
  const moment = structuredClone(draft);
  turn = turn.then(async () => {
    let said;
    try {
      roomless.delete(await add(page.address, moment, page.book.hash));
      said = p(".sofar", _("Saved, sealed. This phone cannot open it any more; your journal can."));
      navigator.storage?.persist?.();
    } catch ({ sealed }) {
      if (sealed) roomless.set(sealed.name, sealed);
      said = sealed
        ? [p(".bound", _("This phone has no room left. Nothing is lost: it is sealed in a file for you. Take the file before you close this page.")), takeAlong(await stored())]
        : p(".bound", _("It could not be sealed, so it is not kept. What you wrote is still on this page."));
    }
    await stored();
    document.getElementById("kept")?.replaceChildren(...[said].flat());
  });
}

// The ways out, for these letters; `then` is told which were taken along.
function takeAlong(found, then = () => {}) {
  const day = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const made = (kind, type) => new File([file(found)], `notes-${day}.${kind}`, { type });
  const shared = { files: [made("txt", "text/plain")] }; // what share sheets take; the words are the same
  const save = () => {
    const href = URL.createObjectURL(made("json", "application/json"));
    el("a", { href, download: `notes-${day}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    then(found);
  };
  return el("div.do", {},
    navigator.canShare?.(shared) && button(_("Share them, as a file"), () => navigator.share(shared).then(() => then(found), () => {})),
    button(_("Save them as a file"), save));
}

// On the computer of the journal itself the app takes them in.
const LOCAL = /^(127\.0\.0\.1|localhost|.+\.localhost)$/;
const app = async () => LOCAL.test(location.hostname) && (await (await fetch("letters")).json()).here;
async function bringIn(found) {
  const answer = await fetch("letters", { method: "POST", body: file(found), headers: { "Content-Type": "application/json" } });
  if (!answer.ok) return news(_("The app did not take them. Run “poise open” once more, and come in by its page."));
  const { done } = await answer.json();
  await letGo(found.filter(({ name }) => done.includes(name)));
}
async function letGo(found) {
  for (const { name, letter } of found) if (roomless.get(name)?.letter === letter) roomless.delete(name);
  await gone(found);
  await stored();
}

/** What waits, and the ways home. `again` shows it anew. */
export function waitingScreen(again) {
  const out = el("div"), home = el("div");
  stored().then(async (found) => {
    if (!found.length) return;
    out.append(takeAlong(found, () => home.replaceChildren(
      p("", _("Are they home? Your journal says so when it has taken them in.")),
      button(_("They are home: take them off this phone"), () => letGo(found).then(again), ".wide"))));
    if (await app().catch(() => false)) out.prepend(button(_("Bring them into the journal on this computer"), () => bringIn(found).then(again), ".wide"));
  });
  const promised = el("p.soft");
  const told = (kept) => { promised.textContent = kept ? _("This browser says that it erases nothing here by itself.") : _("This browser has not said that it keeps them."); };
  if (count) navigator.storage?.persisted?.().then(told);
  return [
    h1(count ? _("{num} waiting", { num: count }) : _("Nothing waits here.")),
    p("", _("What you keep is sealed. This phone cannot open it, and neither can whoever finds it; your journal can.")),
    out, el("div", { role: "status" }, home),
    p(".bound", _("A phone may erase what waits: when it runs out of room, when its browser is cleared, and an iPhone after seven days without a visit, unless this page is on the home screen. Bring it home soon.")),
    promised,
    p(".soft", navigator.serviceWorker?.controller ? _("This page opens without a network, too.") : _("Without a network this page does not open yet.")),
  ];
}

// The page is kept for when there is no network. A newer build takes its place at once where nobody has touched it yet.
if (isSecureContext && navigator.serviceWorker) {
  const policy = globalThis.trustedTypes?.createPolicy("notes", { createScriptURL: () => "sw.js" });
  const worker = navigator.serviceWorker, before = worker.controller;
  let touched = false;
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { touched = true; }, { once: true });
  worker.addEventListener("controllerchange", () => { if (before && !touched) location.reload(); });
  worker.register(policy?.createScriptURL("") ?? "sw.js", { updateViaCache: "none" }).catch(() => {}); // no network: it weighs
}
/** Asks before a page goes that still holds what had no room. */
export const ask = (event) => { if (roomless.size) event.preventDefault(); };
addEventListener("beforeunload", ask);
if (canKeep) stored();
