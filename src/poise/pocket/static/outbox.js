// What waits to come home: sealed letters, and nothing else. What is handed in is sealed before anything is stored.
import { seal } from "./seal.js";

const ROUND = 1024; // letters are as long as the next multiple: their length says little

// One store for each page, as several may stand on one host.
const opened = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open(`notes ${new URL(".", import.meta.url).pathname}`, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("letters");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

async function within(mode, work) {
  const store = await opened();
  try {
    return await new Promise((done, fail) => {
      const turn = store.transaction("letters", mode, { durability: "strict" });
      const asked = work(turn.objectStore("letters"));
      turn.oncomplete = () => done(asked.result);
      turn.onabort = () => fail(turn.error);
    });
  } finally {
    store.close();
  }
}

/** Seal a moment and let it wait; one of the same id is replaced. Gives the letter's name.
 *  Where the store is full or closed it throws an error that holds `sealed`, the letter, so that nothing is lost. */
export async function add(address, said, text_hash) {
  const name = `now-${said.id}`, moment = { ...said, written_at: new Date().toISOString() };
  const words = new TextEncoder().encode(JSON.stringify({ moment, text_hash }));
  const padded = new Uint8Array(Math.ceil(words.length / ROUND) * ROUND).fill(32);
  padded.set(words);
  const letter = await seal(address, name, padded);
  try {
    await within("readwrite", (letters) => letters.put(letter, name));
  } catch (cause) {
    throw Object.assign(new Error("no room", { cause }), { sealed: { name, letter } });
  }
  return name;
}

/** How many wait. */
export const waiting = () => within("readonly", (letters) => letters.count());

/** All that wait, the oldest first. */
export async function letters() {
  const found = await within("readonly", (store) => store.getAll());
  return found.map((letter) => ({ name: JSON.parse(letter).name, letter }));
}

/** Let go of letters that are home. What was written over one of them since stays: it is a letter of its own. */
export const gone = (found) =>
  within("readwrite", (letters) => {
    for (const { name, letter } of found) {
      const here = letters.get(name);
      here.onsuccess = () => { if (here.result === letter) letters.delete(name); };
    }
    return letters.count();
  });

/** Letters as one file that comes home. */
export const file = (found) => `{"poise_letters": 1, "letters": [\n${found.map(({ letter }) => letter).join(",\n")}]}\n`;
