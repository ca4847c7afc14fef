// Where the cursor stands in a JSON text. A plain scan of what was written before the cursor, rather than a
// syntax tree: in a half-typed document a parser guesses at what is missing, and its guess can put the cursor
// elsewhere, while the brackets and keys before the cursor say exactly where it is.

export interface Place {
  path: string[];      // the keys on the way down; lists add nothing
  key: boolean;        // a key goes here; else a value
  there: string[];     // the other keys of this object, before the cursor and after it
  start: number;       // where the typed word starts, inside its quotes
  from: number;        // what a completion replaces, quotes included
  to: number;
  quoted: boolean;     // the cursor is inside quotes
  colon: boolean;      // a colon follows already
  commaAt: number;     // where a comma is missing before; -1: none is
  more: boolean;       // a comma is missing after
}

interface Token { text: string; start: number; end: number; closed: boolean }
interface Frame { object: boolean; key: string; keys: string[]; next: "key" | "colon" | "value" | "comma" }

/** The place of an offset; `null` outside all brackets and between a key and its colon. */
export function placeAt(text: string, at: number): Place | null {
  const all = tokens(text);
  const frames: Frame[] = [];
  let i = 0;
  while (i < all.length && (all[i].end < at || (all[i].closed && all[i].end === at))) step(frames, all[i++]);
  const here = frames.at(-1);
  const token = i < all.length && all[i].start <= at && !isMark(all[i]) ? all[i] : null;
  if (!here || (here.next === "colon" && !token)) return null;
  const key = here.object && here.next !== "value";
  const path = frames.filter((frame) => frame.object && !(key && frame === here)).map((frame) => frame.key);
  const commaAt = here.next === "comma" ? all[i - 1].end : -1;
  if (token) here.next = key ? "colon" : "comma";
  const rest = all.slice(token ? i + 1 : i);
  const next = rest[0]?.text ?? "";
  for (const each of rest) if (frames.includes(here)) step(frames, each);
  const more = next !== "" && !":,]}".includes(next);
  return { path, key, there: here.keys, ...span(token, at), colon: key && next === ":", commaAt, more };
}

function tokens(text: string): Token[] {
  // A string ends with its line at the latest: a quote that is not closed yet does not swallow the rest.
  const found = text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g);
  return [...found].map(({ 0: word, index }) => ({
    text: word, start: index, end: index + word.length,
    closed: word[0] === '"' ? /^"(?:[^"\\]|\\.)*"$/.test(word) : "{}[],:".includes(word),
  }));
}

const isMark = (token: Token) => "{}[],:".includes(token.text);

function span(token: Token | null, at: number): Pick<Place, "start" | "from" | "to" | "quoted"> {
  if (!token) return { start: at, from: at, to: at, quoted: false };
  const quoted = token.text[0] === '"' && token.start < at;
  // An unclosed string may hold the line's closing brackets too: only what is before the cursor is the word.
  const to = token.text[0] === '"' && !token.closed ? at : token.end;
  return { start: token.start + (quoted ? 1 : 0), from: token.start, to, quoted };
}

function step(frames: Frame[], token: Token): void {
  const here = frames.at(-1);
  const opens = token.text === "{" || token.text === "[";
  if (token.text === "}" || token.text === "]") close(frames, token.text === "}");
  else if (here && token.text === ":") here.next = here.object ? "value" : here.next;
  else if (here && token.text === ",") here.next = here.object ? "key" : "value";
  else if (here && !opens && here.object && here.next !== "value") {
    here.key = token.text.replace(/^"|"$/g, "");
    here.keys.push(here.key);
    here.next = "colon";
  } else if (here) here.next = "comma";
  if (opens) frames.push({ object: token.text === "{", key: "", keys: [], next: token.text === "{" ? "key" : "value" });
}

/** Close the innermost frame of that kind, with whatever was left open inside it. */
function close(frames: Frame[], object: boolean): void {
  const last = frames.findLastIndex((frame) => frame.object === object);
  if (last >= 0) frames.length = last;
}
