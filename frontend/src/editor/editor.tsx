// EditorView: the policy's text, highlighted, completed and checked while it is typed.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView as CodeMirror, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bar, type Doings } from "./bar";
import { completions } from "./completion";
import { look } from "./look";
import { selectedLines } from "./selected";
import { keysForSpots } from "./spots";
import type { EditorMessage, EditorState as State, EditorTyped } from "../state";
import { Drawing, onMoved, onTyped } from "./text";
import { counted } from "../shared/diff";
import { part } from "../shared/part";
import { breakable } from "../shared/parts";
import { copyText, download, type Model, revisionSent, say, type Shown, type } from "../shared/view";

const LONG = 40;         // lines: a text that has to be scrolled in any case
const SAID_FOR = 2000;   // milliseconds that "Copied" stays

function Text({ state, model, alive }: Shown<State, EditorMessage, EditorTyped>): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const editing = useRef<Editing | null>(null);
  const [said, tell] = useSaid();
  const copy = async (text: string) => tell((await copyText(text)) ? "Copied" : "Not copied: the browser does not allow it");
  useLayoutEffect(() => {
    if (!place.current) return;
    const made = new Editing(place.current, model);
    editing.current = made;
    return () => made.destroy();
  }, [model]);
  useLayoutEffect(() => editing.current?.draw(alive));
  const text = () => editing.current?.text ?? "";
  const doings: Doings = {
    undo: () => editing.current?.ask("undo"),
    redo: () => editing.current?.ask("redo"),
    format: () => say(model, { do: "format" }),
    copy: () => void copy(text()),
    download: () => download(state.filename, text()),
    save: (replace) => say(model, { do: "save", filename: state.filename, replace }),
    python: () => void copy(String(model.get("python"))),
  };
  return (
    <>
      <Bar state={state} alive={alive} said={said} doings={doings} />
      <div ref={place} class={state.behind ? "tw-behind" : ""} />
      {state.preview && <Preview text={state.preview} />}
    </>
  );
}

/** What the form is about to write, with its gaps marked. */
function Preview({ text }: { text: string }): JSX.Element {
  return (
    <div class="tw-preview">
      <p class="tw-help">Next statement, written to the policy when the form is complete:</p>
      <pre class="tw-text" tabIndex={0} role="region" aria-label="Next statement">
        {text.split(/(⟨[^⟩]*⟩)/).map((piece, index) => (index % 2 ? <><wbr /><mark>{piece}</mark></> : breakable(piece)))}
      </pre>
    </div>
  );
}

/** Words that go again by themselves. */
function useSaid(): [string, (words: string) => void] {
  const [said, tell] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => tell(""), SAID_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, tell];
}

/** CodeMirror, with the model's text in it. */
class Editing {
  private readonly view: CodeMirror;
  private readonly drawing: Drawing;
  private readonly readOnly = new Compartment();
  private alive = true;

  constructor(parent: HTMLElement, private readonly model: Model<EditorMessage, EditorTyped>) {
    this.view = new CodeMirror({
      parent,
      doc: counted(this.state.text),
      extensions: [
        extensions(() => this.state, (back) => this.ask(back ? "undo" : "redo")),
        onTyped((text) => type(model, { text })),
        onMoved((offset) => this.follow(offset)),
        this.readOnly.of([]),
        CodeMirror.domEventHandlers({ compositionend: () => void setTimeout(() => this.draw(this.alive)) }),
      ],
    });
    this.view.dom.style.maxHeight = this.state.height;
    this.drawing = new Drawing(this.view, (id) => this.alive && say(model, { do: "fix", id }), this.state);
  }

  /** The newest state; a builder has its text once, as the trait `text`. */
  private get state(): State {
    const state = this.model.get("state") as State;
    return { ...state, text: state.text ?? counted(String(this.model.get("text"))) };
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  draw(alive: boolean): void {
    if (alive !== this.alive) this.view.dispatch({ effects: this.readOnly.reconfigure(EditorState.readOnly.of(!alive)) });
    this.alive = alive;
    this.drawing.draw(this.state, revisionSent(this.model));
    // Never while the reader types here: what is below would jump.
    if (!this.view.hasFocus) this.view.dom.classList.toggle("tw-long-text", this.view.state.doc.lines > LONG);
  }

  /** The cursor was put into another statement: its form is the one to show. */
  private follow(offset: number): void {
    const { selected, good } = this.state;
    const inside = selected.from <= offset && offset <= selected.to;
    if (this.alive && good && selected.to > 0 && !inside) say(this.model, { do: "select", offset });
  }

  /** Undo or redo, whoever made the change. */
  ask(what: "undo" | "redo"): void {
    if (!this.alive) return;
    this.drawing.follow = true;
    say(this.model, { do: what });
  }

  destroy(): void {
    this.view.destroy();
  }
}

function extensions(state: () => State, undo: (back: boolean) => void): Extension {
  const run = (back: boolean) => () => (undo(back), true);
  return [
    json(), look, selectedLines, indentUnit.of("  "),
    lineNumbers(), lintGutter(), foldGutter({ markerDOM: foldMark }), codeFolding(), highlightSpecialChars(),
    drawSelection(), bracketMatching(), closeBrackets(), indentOnInput(), search({ top: true }),
    autocompletion({ override: [completions], icons: false }),
    keymap.of([
      // The model remembers, also what the form did: the editor keeps no history of its own.
      { key: "Mod-z", run: run(true), shift: run(false), preventDefault: true },
      { key: "Mod-y", run: run(false), preventDefault: true },
      ...keysForSpots(() => state().spots),
      ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...foldKeymap, ...defaultKeymap,
    ]),
    CodeMirror.domEventHandlers({ beforeinput: (event) => undoFromMenu(event, undo) }),
    CodeMirror.contentAttributes.of({ "aria-label": "Trust policy", tabindex: "0" }),
    EditorState.phrases.of({ Diagnostics: "Findings", "No diagnostics": "No findings" }),
  ];
}

/** The browser's own menu asks for undo without a key. */
function undoFromMenu(event: InputEvent, undo: (back: boolean) => void): boolean {
  if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return false;
  event.preventDefault();
  undo(event.inputType === "historyUndo");
  return true;
}

function foldMark(open: boolean): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `tw-fold ${open ? "tw-fold-open" : ""}`;
  mark.title = open ? "Fold" : "Unfold";
  return mark;
}

export const editorPart = part<State, EditorMessage, EditorTyped>("editor", Text, "spots");
