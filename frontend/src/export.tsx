// ExportView: the role in the forms that tools take it in.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Drafts, useDrafts } from "./shared/drafts";
import { Fields } from "./shared/fields";
import { File, Out, Panel, Stale, Tabs, Told, useNewId } from "./shared/parts";
import type { ExportMessage, ExportState, ExportTyped } from "./state";
import { part } from "./shared/part";
import { type Model, say, type Shown, type } from "./shared/view";

function Export({ state, model, alive }: Shown<ExportState, ExportMessage, ExportTyped>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const id = useNewId();
  const drafts = useDrafts(model, state, "", root, (newest) => send(model, newest));
  const [clicked, click] = useState("");   // until the kernel has written that file
  const names = state.exports.map(({ name }) => name);
  const select = (index: number) => { click(names[index]); say(model, { do: "choose", name: names[index] }); };
  useEffect(() => click(""), [state.chosen]);
  const selected = Math.max(0, names.indexOf(clicked || state.chosen));
  const wrong = state.fields.filter(({ complaint }) => complaint);
  return (
    <div class="tw-files" ref={root}>
      <fieldset class="tw-role" disabled={!alive}>
        <legend>The role</legend>
        <Fields fields={state.fields} drafts={drafts} />
      </fieldset>
      <Told words={wrong.map(({ label, complaint }) => `${label}: ${complaint}`).join(" ")} />
      <Stale stale={state.stale} />
      {state.blocked && <p>{state.blocked}</p>}
      {state.exports.length > 0 &&
        <Tabs titles={state.exports.map(({ title }) => title)} label="Export for" {...{ selected, select, id }} />}
      {state.exports.map(({ name, note, source, filename, text }, index) => (
        <Panel key={name} {...{ id, index, selected }}>
          {(note || source) && <p>{note} {source && <Out href={source}>Source</Out>}</p>}
          {index === selected && text && <File filename={filename} text={text} />}
          {!alive && !text && <p class="tw-help">Run the cell again to write this file.</p>}
        </Panel>
      ))}
    </div>
  );
}

function send(model: Model<ExportMessage, ExportTyped>, drafts: Drafts): void {
  const state = model.get("state") as ExportState;
  type(model, { fields: drafts.typed(state.fields.map(({ name }) => name)) });
}

export const exportPart = part<ExportState, ExportMessage, ExportTyped>("export", Export, "exports", { lazy: true });
