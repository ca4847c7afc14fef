// ExportView: the role in the forms that tools take it in.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { type Drafts, useDrafts } from "./shared/drafts";
import { Fields } from "./shared/fields";
import { File, Out, Panel, Stale, Tabs, Told, useNewId } from "./shared/parts";
import type { ExportState, ExportTyped } from "./state";
import { part } from "./shared/part";
import { type Model, type Shown, type } from "./shared/view";

function Export({ state, model, alive }: Shown<ExportState, never, ExportTyped>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const id = useNewId();
  const drafts = useDrafts(model, state, "", root, (newest) => send(model, newest));
  const [chosen, select] = useState(0);
  const selected = Math.min(chosen, state.exports.length - 1);
  const wrong = state.fields.filter(({ complaint }) => complaint);
  return (
    <div class="tw-files" ref={root}>
      <fieldset class="tw-role" disabled={!alive}>
        <legend>The role</legend>
        <Fields fields={state.fields} drafts={drafts} />
      </fieldset>
      <Told words={wrong.map(({ label, complaint }) => `${label}: ${complaint}`).join(" ")} />
      <Stale stale={state.stale} what="Files" />
      {state.blocked && <p>{state.blocked}</p>}
      {state.exports.length > 0 &&
        <Tabs titles={state.exports.map(({ title }) => title)} label="Export for" {...{ selected, select, id }} />}
      {state.exports.map(({ name, note, source, filename, text }, index) => (
        <Panel key={name} {...{ id, index, selected }}>
          {(note || source) && <p>{note} {source && <Out href={source}>Source</Out>}</p>}
          <File filename={filename} text={text} />
        </Panel>
      ))}
    </div>
  );
}

function send(model: Model<never, ExportTyped>, drafts: Drafts): void {
  const state = model.get("state") as ExportState;
  type(model, { fields: drafts.typed(state.fields.map(({ name }) => name)) });
}

export const exportPart = part<ExportState, never, ExportTyped>("export", Export, "exports", { lazy: true });
