// Keeps the page and its rulebook, so that it opens without a network, and nothing else, ever.
const FILES = {};
const HERE = registration.scope;
const NAME = `${HERE}HASH`;

// All of one build or nothing: a host that is halfway through an update hands out files that do not match.
const asked = ([file, integrity]) => new Request(file, { integrity, cache: "reload" });
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(Object.entries(FILES).map(asked))));
});
const older = (name) => name !== NAME && name.slice(0, -16) === HERE;
addEventListener("activate", (event) => {
  const swept = caches.keys().then((names) => Promise.all(names.filter(older).map((name) => caches.delete(name))));
  event.waitUntil(swept.then(() => clients.claim()));
});
addEventListener("fetch", (event) => {
  const [path] = event.request.url.slice(HERE.length).split(/[?#]/);
  const file = path === "index.html" || path === "" ? "./" : path;
  if (event.request.url.startsWith(HERE) && Object.hasOwn(FILES, file))
    event.respondWith(
      caches.match(new URL(file, HERE), { cacheName: NAME }).then((found) => found ?? fetch(event.request)),
    );
});
