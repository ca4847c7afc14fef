// CompanionsView, "Setup snippets": what must exist beside the role.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { File, Panel, Stale, Tabs, useNewId } from "./shared/parts";
import type { CompanionsState } from "./state";
import { part } from "./shared/part";
import type { Shown } from "./shared/view";

function Companions({ state }: Shown<CompanionsState>): JSX.Element {
  const id = useNewId();
  const [chosen, select] = useState(0);
  const selected = Math.min(chosen, state.companions.length - 1);
  return (
    <div class="tw-files">
      <Stale stale={state.stale} />
      {state.empty && <p>{state.empty}</p>}
      {state.companions.length > 0 &&
        <Tabs titles={state.companions.map(({ title }) => title)} label="Setup snippets" {...{ selected, select, id }} />}
      {state.companions.map(({ note, filename, text }, index) => (
        <Panel {...{ id, index, selected }}>
          {note && <p>{note}</p>}
          <File filename={filename} text={text} />
        </Panel>
      ))}
    </div>
  );
}

export const companionsPart = part<CompanionsState>("companions", Companions, "companions", { lazy: true });
