// The findings at their places in the text: gutter marks, underlines, tooltips and the list.
import { type Diagnostic, nextDiagnostic, openLintPanel, previousDiagnostic } from "@codemirror/lint";
import { closeHoverTooltips, type Command, EditorView, hasHoverTooltips, type KeyBinding } from "@codemirror/view";
import { render } from "preact";
import { Diff } from "../shared/diff";
import { Words } from "../shared/parts";
import type { EditorState as State, Mark } from "../state";

// CodeMirror knows four severities; ours are told by word, shape and colour in editor.css.
const SEVERITIES = { refused: "error", open: "warning", dead: "info", advice: "hint" } as const;

/** The findings as CodeMirror takes them. */
export function diagnosticsFromState(state: State, length: number, fix: (id: string) => void): Diagnostic[] {
  return state.spots.map((spot) => ({
    from: Math.min(spot.from, length),
    to: Math.min(Math.max(spot.to, spot.from), length),
    severity: SEVERITIES[spot.verdict],
    message: `${spot.label}: ${spot.message}`,
    renderMessage: () => told(state.text, spot),
    actions: spot.fix ? [{ name: `Apply: ${spot.fix.title}`, apply: () => fix(spot.id) }] : [],
  }));
}

/** A finding as elements; its text is only ever set as text. */
function told(text: string, spot: Mark): HTMLElement {
  const element = document.createElement("span");
  element.className = `tw-told tw-is-${spot.verdict}`;
  render(
    <>
      <b class="tw-kind">{spot.label}</b> <Words text={spot.message} />
      {spot.fix && <Diff text={text} change={spot.fix} />}
    </>,
    element,
  );
  return element;
}

/** Move to another finding and say it aloud, as its tooltip says it to the eye. */
const moved = (move: Command, spots: () => Mark[]): Command => (view) => {
  if (!move(view)) return false;
  const { from } = view.state.selection.main;
  const here = spots().filter((spot) => spot.from === from);
  const said = here.map((spot) => `Line ${spot.line}. ${spot.label}. ${spot.message}`).join(" ");
  view.dispatch({ effects: EditorView.announce.of(said) });
  return true;
};

/** Close an open tooltip; the key goes on to others when none is. */
const closed: Command = (view) => {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
};

export const keysForSpots = (spots: () => Mark[]): KeyBinding[] => [
  { key: "F8", run: moved(nextDiagnostic, spots), shift: moved(previousDiagnostic, spots) },
  { key: "Mod-Shift-m", run: (view) => (closed(view), openLintPanel(view)), preventDefault: true },
  { key: "Escape", run: closed },
];
