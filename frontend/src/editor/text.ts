// Two ways of text: what the reader types goes to the kernel at once, what the kernel writes is put in
// without moving the reader's cursor, and an echo older than what was sent is never drawn over newer typing.
import { setDiagnostics } from "@codemirror/lint";
import { Annotation, type ChangeSpec, type StateEffect, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { counted, ends } from "../shared/diff";
import { select } from "./selected";
import { diagnosticsFromState } from "./spots";
import type { EditorState as State } from "../state";

const fromKernel = Annotation.define<boolean>();

/** Call with each text that the reader made; not with what the kernel wrote. */
export const onTyped = (send: (text: string) => void) =>
  EditorView.updateListener.of((update) => {
    const typed = update.docChanged && update.transactions.some((tr) => tr.docChanged && !tr.annotation(fromKernel));
    if (typed) send(update.state.doc.toString());
  });

/** Call with the place of the cursor when the reader puts it elsewhere without typing. */
export const onMoved = (tell: (offset: number) => void) =>
  EditorView.updateListener.of((update) => {
    const moved = update.selectionSet && !update.docChanged && update.transactions.some((tr) => tr.isUserEvent("select"));
    if (moved) tell(update.state.selection.main.head);
  });

/** The one replacement, as small as can be, that makes one text of another; `null` when they are equal. */
function middle(now: string, next: string): { from: number; to: number; insert: string } | null {
  if (now === next) return null;
  const [from, back] = ends(now, next);
  return { from, to: now.length - back, insert: next.slice(from, next.length - back) };
}

/** Draw the kernel's text, findings and place. `sent` is the revision of the newest text that was sent. */
export class Drawing {
  private drawn = "";
  private went: number;
  private chose: number;
  private shown = "";
  /** Undo or redo was asked for here: the cursor goes to what changes next. */
  follow = false;

  constructor(private view: EditorView, private fix: (id: string) => void, first: State) {
    this.went = first.goTo.count;
    this.chose = first.selected.count;
  }

  draw(state: State, sent: number): void {
    // While an input method composes, the page's text is its own; the newest state is drawn when it is done.
    if (state.revision < sent || this.view.composing) return;
    this.dispatch([
      this.put(middle(this.view.state.doc.toString(), counted(state.text))), this.mark(state), this.select(state),
    ]);
    if (state.goTo.count > this.went) this.go(state.goTo);
  }

  /** All of it in one step, since each step has the whole editor drawn again. */
  private dispatch(steps: (TransactionSpec | null)[]): void {
    const specs = steps.filter((step) => step !== null);
    if (specs.length) this.view.dispatch(...specs.map((spec) => ({ ...spec, sequential: true })));
  }

  /** Mark the selected grant's statements, and show them when their grant was chosen; the focus stays where it is. */
  private select({ selected: { from, to, count }, text }: State): TransactionSpec | null {
    const length = counted(text).length;
    const effects: StateEffect<unknown>[] = [];
    const next = `${from} ${to} ${length}`;
    if (next !== this.shown) effects.push(select.of({ from, to }));
    if (count > this.chose && to > 0) effects.push(EditorView.scrollIntoView(Math.min(from, length), { y: "start", yMargin: 24 }));
    this.shown = next;
    this.chose = count;
    return effects.length ? { effects } : null;
  }

  private put(changes: ReturnType<typeof middle>): TransactionSpec | null {
    if (!changes) return null;
    const follow = this.follow ? { selection: { anchor: changes.from + changes.insert.length }, scrollIntoView: true } : {};
    this.follow = false;
    return { changes: changes satisfies ChangeSpec, annotations: fromKernel.of(true), ...follow };
  }

  /** Findings are set anew only when they changed, so that an open tooltip stays open. */
  private mark(state: State): TransactionSpec | null {
    const next = JSON.stringify([state.spots, state.text]);
    if (next === this.drawn) return null;
    this.drawn = next;
    return setDiagnostics(this.view.state, diagnosticsFromState(state, counted(state.text).length, this.fix));
  }

  private go({ from, to, count }: State["goTo"]): void {
    this.went = count;
    const end = this.view.state.doc.length;
    const [anchor, head] = [Math.min(from, end), Math.min(to, end)];
    this.view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.view.focus();
  }
}
