// The bar above the text: what it is, how it stands, how long it is, and what can be done with it.
import type { JSX } from "preact";
import type { EditorState as State } from "../state";

export interface Doings { undo(): void; redo(): void; copy(): void; download(): void; python(): void }

const NEAR = 0.8;   // of the quota: from here on the size is shown as a warning

export function Bar({ state, alive, said, doings }: {
  state: State; alive: boolean; said: string; doings: Doings;
}): JSX.Element {
  return (
    <>
      <div class="tw-bar" role="group" aria-label="Trust policy text">
        <span class="tw-name">{state.filename}</span>
        <span class={`tw-status ${state.good ? "tw-waiting" : "tw-unread"}`} role="status">{alive ? state.status : ""}</span>
        <Size state={state} />
        <span class="tw-buttons">
          <span class="tw-said" role="status" aria-live="polite">{said}</span>
          <button type="button" disabled={!alive || !state.canUndo} onClick={doings.undo}>Undo</button>
          <button type="button" disabled={!alive || !state.canRedo} onClick={doings.redo}>Redo</button>
          <button type="button" onClick={doings.copy}>Copy</button>
          <button type="button" onClick={doings.download}>Download</button>
          <button type="button" onClick={doings.python}>Copy as Python</button>
        </span>
      </div>
    </>
  );
}

/** How much of the quota is used, in words too once it matters. */
function Size({ state: { size, quota, sizeNote } }: { state: State }): JSX.Element {
  const over = size > quota;
  const near = !over && size >= NEAR * quota;
  const number = (count: number) => count.toLocaleString("en");
  return (
    <span class={`tw-size ${over ? "tw-over" : near ? "tw-near" : ""}`} title={sizeNote}>
      <span class="tw-unseen">Characters used: </span>
      {number(size)} / {number(quota)}
      {over && " too long"}
    </span>
  );
}
