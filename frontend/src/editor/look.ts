// How the text looks: classes that editor.css colours by the page's own variables, so that both of
// JupyterLab's themes are followed without a line of script, and long lines that hang below their indent.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, class: "tw-key" },
  { tag: tags.string, class: "tw-string" },
  { tag: tags.number, class: "tw-number" },
  { tag: [tags.bool, tags.null], class: "tw-atom" },
]);

const DEEPEST = 40;   // columns: what is indented further hangs no further
const steps = Array.from({ length: DEEPEST + 1 }, (_, depth) => Decoration.line({ class: `tw-hang-${depth}` }));

// Classes rather than style attributes, which a page's content security policy may forbid.
const hangs = EditorView.theme(Object.fromEntries(steps.map((_, depth) => [
  `.cm-line.tw-hang-${depth}`, { paddingLeft: `calc(${depth + 2}ch + 6px)`, textIndent: `-${depth + 2}ch` },
])));

function hanging(view: EditorView): DecorationSet {
  const set = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      const depth = line.text.length - line.text.trimStart().length;
      set.add(line.from, line.from, steps[Math.min(depth, DEEPEST)]);
      at = line.to + 1;
    }
  }
  return set.finish();
}

const hangingIndent = ViewPlugin.define(
  (view) => ({
    lines: hanging(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.lines = hanging(update.view);
    },
  }),
  { decorations: (plugin) => plugin.lines },
);

export const look: Extension = [syntaxHighlighting(colours), EditorView.lineWrapping, hangs, hangingIndent];
