// EditorView: the policy's text, highlighted, completed and checked while it is typed.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { render as show } from "preact";
import { Bar, type Doings } from "./bar";
import { completionSource } from "./completion";
import { look } from "./look";
import { keysForSpots } from "./spots";
import type { EditorMessage, EditorState as State, EditorTyped } from "../state";
import { counted, Drawing, onTyped } from "./text";
import { copyText, download, type Model, rootOf, say, type, watch, watchLife } from "../shared/view";

const SAID_FOR = 2000;   // milliseconds that "Copied" stays

function render({ model, el }: { model: Model<EditorMessage, EditorTyped>; el: HTMLElement }): () => void {
  const [root, top] = [rootOf("editor", el), document.createElement("div")];
  root.append(top);

  let state = model.get("state") as State;
  let alive = true;
  let said = "";
  let timer = 0;
  const readOnly = new Compartment();
  const view = new EditorView({
    parent: root,
    doc: counted(state.text),
    extensions: [
      extensions(() => state, (back) => (back ? doings.undo() : doings.redo())),
      onTyped((text) => type(model, { text })),
      readOnly.of([]),
      EditorView.domEventHandlers({ compositionend: () => void setTimeout(draw) }),
    ],
  });
  view.dom.style.maxHeight = state.height;
  const drawing = new Drawing(view, (id) => alive && say(model, { do: "fix", id }), state);

  function draw(): void {
    drawing.draw(state, (model.get("typed") as { revision?: number }).revision ?? 0);
    drawBar();
  }
  const drawBar = () => show(<Bar state={state} alive={alive} said={said} doings={doings} />, top);

  function tell(text: string): void {
    said = text;
    drawBar();
    clearTimeout(timer);
    timer = window.setTimeout(() => { said = ""; drawBar(); }, SAID_FOR);
  }
  const copy = async (text: string) => tell((await copyText(text)) ? "Copied" : "Not copied: the browser forbids it");
  function ask(what: "undo" | "redo"): void {
    if (!alive) return;
    drawing.follow = true;
    say(model, { do: what });
  }
  const doings: Doings = {
    undo: () => ask("undo"),
    redo: () => ask("redo"),
    copy: () => void copy(view.state.doc.toString()),
    download: () => download(state.filename, view.state.doc.toString()),
    python: () => void copy(state.python),
  };

  const ends = [
    watch(model, (next) => { state = next as State; draw(); }),
    watchLife(model, el, (lives) => {
      alive = lives;
      root.classList.toggle("tw-alone", !lives);
      view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(!lives)) });
      drawBar();
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
    view.destroy();
    show(null, top);
    root.remove();
  };
}

function extensions(state: () => State, undo: (back: boolean) => void): Extension {
  const run = (back: boolean) => () => (undo(back), true);
  return [
    json(), look, indentUnit.of("  "),
    lineNumbers(), lintGutter(), foldGutter({ markerDOM: foldMark }), codeFolding(), highlightSpecialChars(),
    drawSelection(), bracketMatching(), closeBrackets(), indentOnInput(), search({ top: true }),
    autocompletion({ override: [completionSource(() => state().vocabulary)], icons: false }),
    keymap.of([
      // The model remembers, also what the form did: the editor keeps no history of its own.
      { key: "Mod-z", run: run(true), shift: run(false), preventDefault: true },
      { key: "Mod-y", run: run(false), preventDefault: true },
      ...keysForSpots(() => state().spots),
      ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...foldKeymap, ...defaultKeymap,
    ]),
    EditorView.domEventHandlers({ beforeinput: (event) => undoFromMenu(event, undo) }),
    EditorView.contentAttributes.of({ "aria-label": "Trust policy", tabindex: "0" }),
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

export default { render };
