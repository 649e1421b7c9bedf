// Seals what is written on the phone, so that the journal alone can open it: the letters of
// poise/journal/sealing/letters.py, part for part.
//
//   shared = ECDH(an ephemeral key, the journal's public key)               P-256, NIST SP 800-56A
//   key    = HKDF-SHA-256(shared, salt = both public keys, info = purpose)  RFC 5869
//   sealed = AES-256-GCM(key, nonce, words)                                 with the letter's name as associated data
//
// The ephemeral private key is dropped here: the phone cannot open what it sealed.

const VERSION = 1;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const bytes = (text) => new TextEncoder().encode(text);

/** address: {journal, point}, as the journal's `letters.json` says it; name: the letter's name; words: Uint8Array.
 *  Gives the letter, text of JSON. Throws where the address is no key, or the browser has no WebCrypto (plain http). */
export async function seal(address, name, words) {
  const theirs = fromText(address.point);
  const { subtle } = crypto;
  const to = await subtle.importKey("raw", theirs, CURVE, false, []);
  const own = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await subtle.exportKey("raw", own.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: to }, own.privateKey, 256);
  const key = await keyOf(shared, join(point, theirs), `poise letter ${VERSION} ${address.journal}`);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bytes(name) }, key, words);
  const head = { poise_letter: VERSION, journal: address.journal, key: await keyId(theirs), name };
  const parts = { ephemeral: toText(point), nonce: toText(nonce), sealed: toText(new Uint8Array(sealed)) };
  return `${JSON.stringify({ ...head, ...parts }, null, 1)}\n`;
}

async function keyOf(shared, salt, info) {
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: bytes(info) };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

async function keyId(point) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", point));
  return [...hash.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function join(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function toText(data) {
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte); // spread would overflow the stack on a long letter
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromText(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
