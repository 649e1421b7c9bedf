// What pages do beyond plain forms and htmx: lock by a key, leave by Escape twice, say when nothing answers,
// and notice that the practice was locked. Every page works without this.

const { lost: LOST, anew: ANEW } = document.documentElement.dataset;
const say = (words) => { document.getElementById("trouble").textContent = words; };

// What the guard refuses is said below the page, and the form stays as it is: 401 is an app that was started anew.
const REFUSED = [401, 403, 411, 413, 421];
document.addEventListener("htmx:error", () => say(LOST));
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const status = ctx.response.status;
  say(status === 401 ? ANEW : REFUSED.includes(status) ? ctx.text : "");
});

// L locks, Escape twice leaves; neither while one types, or composes a sign with an input method.
let escaped = -1000;
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
  if (event.key === "Escape") {
    if (event.timeStamp - escaped < 600) leave();
    escaped = event.timeStamp;
  } else if (event.key.toLowerCase() === "l" && !typing) {
    document.getElementById("lock")?.requestSubmit();
  }
});

// A slider says where it stands in words, as it is moved.
document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.words) return;
  const words = JSON.parse(target.dataset.words)[Math.round((target.value - target.min) / target.step)];
  document.getElementById(`o-${target.name}`).value = words;
  target.setAttribute("aria-valuetext", words);
});

// Leaving covers the page first, then locks, then shows a page that says nothing.
function leave() {
  document.body.replaceChildren();
  document.title = "";
  fetch("/exit", { method: "POST", keepalive: true }).finally(() => location.replace("/static/away.html"));
}
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#exit button")) { event.preventDefault(); leave(); }
});

// Locked elsewhere, by the clock, or before one came back: what is on this page is not shown any more.
if ("open" in document.body.dataset) {
  const look = () => fetch("/state").then((answer) => answer.json()).then(
    ({ open }) => { if (!open) location.replace("/unlock"); },
    () => {}, // the app is closed: what is written stays on the page
  );
  setInterval(look, 15000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}
addEventListener("pageshow", (event) => {
  if (event.persisted) { document.body.replaceChildren(); location.reload(); }
});
