// The lines of the selected grant's statements, marked at their left edge.
import { type Extension, RangeSetBuilder, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

export const select = StateEffect.define<{ from: number; to: number }>();
const line = Decoration.line({ class: "tw-selected-line" });

function marked(text: Text, from: number, to: number): DecorationSet {
  const set = new RangeSetBuilder<Decoration>();
  const last = text.lineAt(Math.min(to, text.length)).number;
  for (let number = text.lineAt(Math.min(from, text.length)).number; to > from && number <= last; number++) {
    const { from: start } = text.line(number);
    set.add(start, start, line);
  }
  return set.finish();
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, { changes, effects, state }) {
    const selected = effects.find((effect) => effect.is(select));
    return selected ? marked(state.doc, selected.value.from, selected.value.to) : lines.map(changes);
  },
  provide: (it) => EditorView.decorations.from(it),
});

export const selectedLines: Extension = field;
