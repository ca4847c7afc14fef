// The bar above the text: what it is, how it stands, how long it is, and what can be done with it.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../shared/icons";
import { SavedAs } from "../shared/parts";
import type { EditorState as State } from "../state";

export interface Doings { undo(): void; redo(): void; format(): void; copy(): void; download(): void; save(replace: boolean): void; python(): void }

const NEAR = 0.8;   // of the quota: from here on the size is shown as a warning

export function Bar({ state, alive, said, doings }: {
  state: State; alive: boolean; said: string; doings: Doings;
}): JSX.Element {
  const late = state.behind ? " the last complete version" : "";
  return (
    <>
      <div class="tw-bar" role="group" aria-label="Trust policy text">
        <span class="tw-name">{state.filename}</span>
        <span class="tw-buttons">
          <IconButton icon="undo" words="Undo" disabled={!alive || !state.canUndo} act={doings.undo} />
          <IconButton icon="redo" words="Redo" disabled={!alive || !state.canRedo} act={doings.redo} />
          <IconButton icon="format" words="Format" disabled={!alive || !state.good} act={doings.format} />
          <IconButton icon="copy" words={`Copy${late}`} act={doings.copy} />
          <IconButton icon="download" words={`Download${late}`} act={doings.download} />
          {state.canSave && <IconButton icon="save" words="Save beside the notebook" disabled={!alive} act={() => doings.save(false)} />}
          <button type="button" onClick={doings.python}>Copy as Python</button>
        </span>
        {/* always there, so that the text stays where it is when there is something to say */}
        <span class="tw-row">
          <span class={`tw-status ${state.good ? "tw-waiting" : "tw-unread"}`} role="status" title={state.status}>
            {alive && !state.saved && <Status words={state.status} />}
          </span>
          {alive && <SavedAs saved={state.saved} replace={() => doings.save(true)} />}
          <span class="tw-said" role="status" aria-live="polite">{said}</span>
          {state.good && <Size state={state} />}
        </span>
      </div>
    </>
  );
}

/** How the text stands. What the form lacks is a way to its field, where the form is beside the text. */
function Status({ words }: { words: string }): JSX.Element {
  const place = useRef<HTMLSpanElement>(null);
  const [field, find] = useState<HTMLElement | null>(null);
  useEffect(() => find(fieldNamed(place.current, /^Policy not updated yet\. \w+: (.+)$/.exec(words)?.[1])), [words]);
  return (
    <span ref={place}>
      {field ? <button type="button" class="tw-to-field" onClick={() => field.focus()}>{words}</button> : words}
    </span>
  );
}

function fieldNamed(place: HTMLElement | null, label: string | undefined): HTMLElement | null {
  const labels = [...place?.closest(".tw-builder")?.querySelectorAll<HTMLLabelElement>(".tw-slot-form label") ?? []];
  return labels.find((each) => each.textContent === label)?.control ?? null;
}

/** How much of the quota is used, in words too once it matters. */
function Size({ state: { size, quota, sizeNote } }: { state: State }): JSX.Element {
  const over = size > quota;
  const near = !over && size >= NEAR * quota;
  const number = (count: number) => count.toLocaleString("en");
  return (
    <span class={`tw-size ${over ? "tw-over" : near ? "tw-near" : ""}`} title={sizeNote}>
      {number(size)} / {number(quota)} characters
      {over && " too long"}
    </span>
  );
}
