// TruthTableView: what a condition says of a call without the key, with one value, with several; and its variants.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { breakable } from "./shared/parts";
import { Stale, Told, useNewId } from "./shared/parts";
import type { Truth, TruthRow, TruthState, TruthTableMessage } from "./state";
import { part } from "./shared/part";
import { say, type Shown } from "./shared/view";

const SIGNS: Record<Truth, string> = { yes: "✓", no: "✗", unknown: "?" };

function Table({ state, model, alive }: Shown<TruthState, TruthTableMessage>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  return (
    <div class={`tw-truths ${state.stale ? "tw-old" : ""}`} role="group" aria-label="Conditions as truth tables" ref={root}>
      <Stale stale={state.stale} />
      <Which {...{ state, alive }} choose={(id) => say(model, { do: "choose", id })}
        show={() => say(model, { do: "show", path: state.path })} />
      {state.empty && <p class="tw-help">{state.empty}</p>}
      {state.operators.length > 0 && <Rows {...{ state, alive }} choose={(name) => say(model, { do: "form", name })} />}
      <Told words={state.empty || `${state.form}. ${state.sentence}`} />
    </div>
  );
}

/** Which of the policy's conditions. */
function Which({ state, alive, choose, show }: {
  state: TruthState; alive: boolean; choose: (id: string) => void; show: () => void;
}): JSX.Element | null {
  const id = useNewId();
  if (!state.choices.length) return null;
  return (
    <div class="tw-which">
      <label for={id}>Condition</label>
      <select id={id} value={state.chosen} disabled={!alive} onChange={(event) => choose(event.currentTarget.value)}>
        {state.choices.map(({ id, label }) => <option value={id}>{label}</option>)}
      </select>
      {state.place && (
        <button type="button" class="tw-find-show" disabled={!alive} title="Show in the editor" onClick={show}>{state.place}</button>
      )}
      <p class="tw-help"><code>{breakable(state.key)}</code> against <code>{breakable(state.values)}</code>, in {state.effect === "Deny" ? "a Deny" : "an Allow"}</p>
    </div>
  );
}

function Rows({ state, alive, choose }: { state: TruthState; alive: boolean; choose: (name: string) => void }): JSX.Element {
  const [unfolded, unfold] = useState(false);
  const several = state.rows.filter((row) => row.several);
  const folded = state.folded && !unfolded;
  const rows = folded ? state.rows.filter((row) => !row.several) : state.rows;
  const chosen = state.operators.findIndex(({ name }) => name === state.form);
  return (
    <>
      <table class="tw-truth-table">
        <caption>The result of each operator for each kind of request. Select a column for details.</caption>
        <thead>
          <tr>
            <th scope="col">The request</th>
            {state.operators.map(({ name, about }, index) => (
              <th scope="col" class={index === chosen ? "tw-chosen-form" : ""}>
                <button type="button" aria-pressed={index === chosen} disabled={!alive} title={about} onClick={() => choose(name)}>
                  {parted(name)}
                </button>
                {index === 0 && <span class="tw-how">as written</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Case key={row.name} row={row} chosen={chosen} />)}</tbody>
      </table>
      {state.folded && several.length > 0 && (
        <button type="button" class="tw-quiet" aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
          {unfolded ? "Hide the cases with several values" : `Show the ${several.length} cases with several values`}
        </button>
      )}
      <p class="tw-truth-says">{state.sentence}</p>
      <p class="tw-help">{state.many}</p>
    </>
  );
}

function Case({ row, chosen }: { row: TruthRow; chosen: number }): JSX.Element {
  return (
    <tr class={row.surprises ? "tw-surprises" : ""}>
      <th scope="row">
        {row.title}
        {row.example && <code>{breakable(row.example)}</code>}
        {row.surprises && <span class="tw-surprise"><span aria-hidden="true">⚠ </span>this condition is met without the key</span>}
      </th>
      {row.cells.map(({ truth, word }, index) => (
        <td class={`tw-cell-${truth} ${index === chosen ? "tw-chosen-form" : ""}`}>
          <span aria-hidden="true">{SIGNS[truth]}</span> {word.replace("documented", "docu\u00admented")}
        </td>
      ))}
    </tr>
  );
}

/** An operator breaks between its parts: ForAnyValue:, StringEquals, IfExists. */
const parted = (name: string) =>
  name.split(/(?<=:)|(?=IfExists)|(?<=[a-z])(?=[A-Z])(?!Exists)/).flatMap((part, index) => (index ? [<wbr />, part] : [part]));

export const truthPart = part<TruthState, TruthTableMessage>("truthview", Table, "choices", { lazy: true });
