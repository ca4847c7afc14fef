// Saved callers: a test bench for the policy. Each is decided again at every key.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Drafts } from "../shared/drafts";
import { Asked, Choice, LongText, Text } from "../shared/fields";
import { classOf, ICONS } from "../shared/outcomes";
import { File, Fold, Panel, type Saving, Tabs, useNewId } from "../shared/parts";
import type { KeptState, SimulatorMessage, SimulatorState, TypedKept } from "../state";
import { type Model, say } from "../shared/view";

// When a caller is kept or taken away, the numbers of the others change: nothing typed may go to the wrong one.
const nameOf = (state: SimulatorState, index: number, what: string) => `kept ${index} of ${state.kept.length}, ${what}`;

/** The names and expectations as they stand on the page, for the kernel. */
export function keptTyped(state: SimulatorState, drafts: Drafts): TypedKept[] {
  return state.kept.map((kept, index) => ({
    name: drafts.shown(nameOf(state, index, "name"), kept.name),
    expected: drafts.shown(nameOf(state, index, "expected"), kept.expected),
  }));
}

export function Kept({ state, model, alive, drafts }: {
  state: SimulatorState; model: Model<SimulatorMessage>; alive: boolean; drafts: Drafts;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const agree = state.kept.filter(({ agrees }) => agrees).length;
  const away = (message: SimulatorMessage) => { say(model, message); place.current?.focus(); };
  return (
    <div class="tw-kept" role="group" aria-label="Saved callers" tabIndex={-1} ref={place}>
      {state.answer && state.caller && <Keep key={state.name} name={state.name} alive={alive} keep={(name) => say(model, { do: "keep", name })} />}
      {state.kept.length > 0 && (
        <fieldset disabled={!alive}>
          <legend><h3>Saved callers <span class={agree === state.kept.length ? "tw-agrees" : "tw-differs"}>
            {agree} of {state.kept.length} as expected</span></h3></legend>
          <table class="tw-bench">
            <thead>
              <tr><th scope="col">Name</th><th scope="col">Caller</th><th scope="col">Expected</th><th scope="col">Now</th>
                <th scope="col"><span class="tw-unseen">Actions</span></th></tr>
            </thead>
            <tbody>
              {state.kept.map((kept, index) => (
                <Row key={nameOf(state, index, "")} {...{ kept, drafts }} name={(what) => nameOf(state, index, what)}
                  open={() => away({ do: "open_kept", index })} remove={() => away({ do: "remove", index })} />
              ))}
            </tbody>
          </table>
        </fieldset>
      )}
      <Files state={state} alive={alive} load={(text) => say(model, { do: "load", text })}
        save={(filename, replace) => say(model, { do: "save", filename, replace })} />
    </div>
  );
}

/** A name, and the button that keeps the caller as it stands in the form. */
function Keep({ name, alive, keep }: { name: string; alive: boolean; keep: (name: string) => void }): JSX.Element {
  const [said, setSaid] = useState<string | null>(null);
  const id = useNewId();
  const now = said ?? name;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!alive || !now.trim()) return;
    keep(now.trim());
    setSaid(null);
  };
  return (
    <form class="tw-keep" onSubmit={submit}>
      <label for={id}>Name</label>
      <Text id={id} value={now} change={setSaid} says={`${id}-says`} wrong={false} example="name" />
      <button type="submit" class="tw-main" disabled={!alive || !now.trim()}>Save this caller</button>
      <p class="tw-help" id={`${id}-says`}>
        Saved callers are tested again on every edit. A saved caller with the same name is replaced.
      </p>
    </form>
  );
}

function Row({ kept, drafts, name, open, remove }: {
  kept: KeptState; drafts: Drafts; name: (what: string) => string; open: () => void; remove: () => void;
}): JSX.Element {
  const id = useNewId();
  const plain = { says: `${id}-now`, wrong: false };
  return (
    <tr class={kept.agrees ? "" : "tw-off"}>
      <td data-of="Name" data-draft={name("name")}>
        <Labelled id={`${id}-name`} label={`Name of ${kept.name}`}>
          <Text id={`${id}-name`} {...plain} value={drafts.shown(name("name"), kept.name)}
            change={(value) => drafts.set(name("name"), value)} />
        </Labelled>
      </td>
      <td data-of="Caller">{kept.title}</td>
      <td data-of="Expected" data-draft={name("expected")}>
        <Labelled id={`${id}-expected`} label={`Expected of ${kept.name}`}>
          <Choice id={`${id}-expected`} {...plain} options={kept.options}
            value={drafts.shown(name("expected"), kept.expected)} change={(value) => drafts.set(name("expected"), value)} />
        </Labelled>
      </td>
      <td data-of="Now" id={`${id}-now`}>
        <span class={`tw-now ${classOf(kept.outcome)}`}>
          <span aria-hidden="true">{kept.outcome ? ICONS[kept.outcome] : "!"}</span> {kept.word}
        </span>
        {kept.expected && (
          <span class={kept.agrees ? "tw-agrees" : "tw-differs"}> · {kept.agrees ? "as expected" : "not as expected"}</span>
        )}
        {kept.note && <span class="tw-how">{kept.note}</span>}
      </td>
      <td>
        <button type="button" class="tw-quiet" disabled={!kept.opens} onClick={open}>Open<span class="tw-unseen"> {kept.name}</span></button>
        <button type="button" class="tw-away" title="Remove" onClick={remove}>
          <span aria-hidden="true">×</span><span class="tw-unseen">Remove {kept.name}</span>
        </button>
      </td>
    </tr>
  );
}

function Labelled({ id, label, children }: { id: string; label: string; children: JSX.Element }): JSX.Element {
  return <><label class="tw-unseen" for={id}>{label}</label>{children}</>;
}

/** The kept callers as files, and the way back. */
function Files({ state, alive, load, save }: {
  state: SimulatorState; alive: boolean; load: (text: string) => void; save: Saving["save"];
}): JSX.Element {
  const [selected, select] = useState(0);
  const id = useNewId();
  return (
    <>
      {state.files.length > 0 && (
        <Fold title="Export as JSON or as a test">
          <Tabs titles={state.files.map(({ title }) => title)} label="Export saved callers as" {...{ selected, select, id }} />
          {state.files.map(({ note, filename, text }, index) => (
            <Panel key={filename} {...{ id, index, selected }}>
              <p class="tw-help">{note}</p>
              <File filename={filename} text={text} saving={state.canSave && alive ? { saved: state.saved, save } : undefined} />
            </Panel>
          ))}
        </Fold>
      )}
      <Fold title="Load saved callers" must={state.said !== ""}><Load said={state.said} alive={alive} load={load} /></Fold>
    </>
  );
}

function Load({ said, alive, load }: { said: string; alive: boolean; load: (text: string) => void }): JSX.Element {
  const [text, setText] = useState("");
  const id = useNewId();
  const submit = (event: Event) => {
    event.preventDefault();
    if (alive && text.trim()) load(text);
  };
  return (
    <form class="tw-load" onSubmit={submit}>
      <Asked name="load" id={id} label="Saved callers as JSON" help="JSON that was copied or saved here before." complaint={said}>
        <LongText id={id} value={text} change={setText} says={`${id}-says`} wrong={said !== ""} />
      </Asked>
      <button type="submit" class="tw-main" disabled={!alive || !text.trim()}>Load</button>
    </form>
  );
}
