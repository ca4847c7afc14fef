// The file that the policy was read from, and to which it can be written back; the roles of a pasted text.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Diff } from "./shared/diff";
import { Told, useNewId } from "./shared/parts";
import type { FilePreview, SourceMessage, SourceState } from "./state";
import { part } from "./shared/part";
import { say, type Shown } from "./shared/view";

function Source({ state, model, alive }: Shown<SourceState, SourceMessage, never>): JSX.Element {
  if (!state.title && !state.choices.length && !state.said) return <></>;
  return (
    <div class="tw-source" role="group" aria-label="Where the policy comes from">
      {state.choices.length > 0 && <Choice key={state.choices.join()} choices={state.choices} alive={alive} choose={(index) => say(model, { do: "choose", index })} />}
      {state.title && <File state={state} alive={alive} preview={() => say(model, { do: "preview" })} />}
      {state.preview && (
        <Preview preview={state.preview} alive={alive} write={() => say(model, { do: "write" })} cancel={() => say(model, { do: "cancel" })} />
      )}
      {state.said && <p class="tw-source-said">{state.said}</p>}
      <Told words={state.said} />
    </div>
  );
}

function File({ state, alive, preview }: { state: SourceState; alive: boolean; preview: () => void }): JSX.Element {
  return (
    <>
      <p class="tw-source-line">
        <span><strong>{state.title}</strong> in <span class="tw-source-place">{state.place}</span></span>
        {state.canWrite && (
          <button type="button" class="tw-main" disabled={!alive || !state.changed} onClick={preview}
            title={state.changed ? "" : "The policy is as the file has it"}>Write to the file…</button>
        )}
      </p>
      {state.note && <p class="tw-help">{state.note}</p>}
      {state.notKnown.length > 0 && (
        <details class="tw-source-unknown">
          <summary>{state.notKnown.length === 1 ? "1 expression is not known. It stays" : `${state.notKnown.length} expressions are not known. They stay`} as written.</summary>
          <ul>{state.notKnown.map(({ expression, place, reason }) => <li><code>{expression}</code>, {place}{reason && `: ${reason}`}</li>)}</ul>
        </details>
      )}
    </>
  );
}

/** The change in the file: write it, or leave the file as it is. */
function Preview({ preview, alive, write, cancel }: { preview: FilePreview; alive: boolean; write: () => void; cancel: () => void }): JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => row.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  return (
    <div class="tw-change">
      <div class="tw-decide" ref={row}>
        <button type="button" class="tw-first" disabled={!alive} onClick={write}>Write</button>
        <button type="button" class="tw-main" onClick={cancel}>Cancel</button>
      </div>
      <Diff text={preview.text} change={preview.change} />
      {preview.also && <p>{preview.also}</p>}
    </div>
  );
}

/** A text with several roles was pasted: one of them is taken. */
function Choice({ choices, alive, choose }: { choices: string[]; alive: boolean; choose: (index: number) => void }): JSX.Element {
  const [index, setIndex] = useState(0);
  const id = useNewId();
  return (
    <p class="tw-source-line">
      <label for={id}>This text has {choices.length} roles:</label>
      <select id={id} disabled={!alive} value={index} onChange={(event) => setIndex(event.currentTarget.selectedIndex)}>
        {choices.map((name, number) => <option value={number}>{name}</option>)}
      </select>
      <button type="button" class="tw-main" disabled={!alive} onClick={() => choose(index)}>Take this role</button>
    </p>
  );
}

export const sourcePart = part<SourceState, SourceMessage, never>("source", Source, "choices");
