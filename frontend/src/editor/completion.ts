// Completion by place: what a trust policy may hold where the cursor stands, and how it is written in.
import {
  type Completion, type CompletionContext, type CompletionResult, pickedCompletion, startCompletion,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { type Place, placeAt } from "./place";
import { tables } from "../shared/tables";
import type { Vocabulary } from "../state";

interface Words { words: readonly string[]; keys: boolean; opens: (word: string) => string }

const OPENS: Record<string, string> = { Statement: "[{|}]", Principal: "{|}", Condition: "{|}" };
const nothing = () => "";
const aString = () => '"|"';

/** The words that fit a place; `keys`: they are written as `"word": ` and the value that `opens`. */
function wordsFor(place: Place, vocabulary: Vocabulary): Words | null {
  // A policy pasted inside something larger completes too: what counts is the way down from "Statement".
  const top = place.path.lastIndexOf("Statement");
  const below = place.path.slice(top + 1);
  const values = (words: readonly string[]): Words => ({ words, keys: false, opens: nothing });
  const keys = (words: readonly string[], opens: Words["opens"]): Words => ({ words, keys: true, opens });
  if (top < 0) {
    if (place.key) return place.path.length ? null : keys(vocabulary.topElements, (word) => OPENS[word] ?? '"|"');
    return below.join() === "Version" ? values(vocabulary.versions) : null;
  }
  switch (`${place.key ? "key" : "value"} ${below.map((step, i) => (i ? "*" : step)).join(".")}`) {
    case "key ": return keys(vocabulary.elements, (word) => OPENS[word] ?? '"|"');
    case "key Principal": return keys(vocabulary.principals, aString);
    case "key Condition": return keys(vocabulary.operators, () => "{|}");
    case "key Condition.*": return keys(vocabulary.keys, aString);
    case "value Effect": return values(vocabulary.effects);
    case "value Action": return values(vocabulary.actions);
    case "value Principal.*": return below[1] === "Service" ? values(vocabulary.services) : null;
    default: return null;
  }
}

/** The words still to be offered: an object has each key once, and IAM reads keys without regard to case. */
export function offered(place: Place, found: Words): string[] {
  if (!found.keys) return [...found.words];
  const there = new Set(place.there.map((key) => key.toLowerCase()));
  return found.words.filter((word) => !there.has(word.toLowerCase()));
}

export interface Written { changes: { from: number; to?: number; insert: string }[]; cursor: number; open: boolean }

/** The edits that write a word in at a place: quotes, a colon and an opening value, and the commas around it. */
export function written(place: Place, found: Words, word: string): Written {
  const value = found.keys && !place.colon ? found.opens(word) : "";
  const whole = JSON.stringify(word) + (value ? `: ${value}` : "");
  const mark = value ? whole.lastIndexOf("|") : -1;
  const insert = whole.slice(0, mark < 0 ? undefined : mark) + (mark < 0 ? "" : whole.slice(mark + 1));
  const before = place.commaAt < 0 ? [] : [{ from: place.commaAt, insert: "," }];
  const after = place.more ? "," : "";
  return {
    changes: [...before, { from: place.from, to: place.to, insert: insert + after }],
    cursor: place.from + before.length + (mark < 0 ? insert.length : mark),
    open: mark >= 0,
  };
}

/** A source for CodeMirror's completion. */
export function completions(context: CompletionContext): CompletionResult | null {
  const place = placeAt(context.state.doc.toString(), context.pos);
  const found = place && wordsFor(place, tables.vocabulary);
  if (!place || !found) return null;
  // Unasked only where a word has been begun, so that Enter goes on making lines.
  const begun = place.start < context.pos || place.quoted;
  if (!begun && !context.explicit) return null;
  const options = offered(place, found).map((word) => option(word, found));
  return { from: place.start, options, validFor: /^[^"\s]*$/ };
}

function option(word: string, found: Words): Completion {
  return {
    label: word,
    apply: (view: EditorView, completion: Completion, _from: number, to: number) => {
      const place = placeAt(view.state.doc.toString(), to);
      if (!place) return;
      const { changes, cursor, open } = written(place, found, word);
      view.dispatch({
        changes, selection: { anchor: cursor }, scrollIntoView: true,
        userEvent: "input.complete", annotations: pickedCompletion.of(completion),
      });
      if (open) startCompletion(view);
    },
  };
}
