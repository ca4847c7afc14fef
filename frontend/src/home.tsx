// HomeView: what is the reader's own, what the reader has accepted, and the file that keeps both.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { type Drafts, useDrafts } from "./shared/drafts";
import { Fields } from "./shared/fields";
import { File, Told } from "./shared/parts";
import type { AcceptedState, HomeMessage, HomeState, HomeTyped } from "./state";
import { part } from "./shared/part";
import { type Model, say, type Shown, type } from "./shared/view";

function Home({ state, model, alive }: Shown<HomeState, HomeMessage, HomeTyped>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const drafts = useDrafts(model, state, "", root, (newest) => send(model, newest));
  const wrong = state.fields.filter(({ complaint }) => complaint);
  const takeBack = ({ over: _, ...accepted }: AcceptedState) => {
    say(model, { do: "take_back", ...accepted });
    list.current?.focus();   // the button goes, and the focus must not go with it
  };
  const save = (filename: string, replace: boolean) => say(model, { do: "save", filename, replace });
  const saving = state.canSave && alive ? { saved: state.saved, save } : undefined;
  return (
    <div class="tw-files tw-yours" ref={root}>
      <fieldset class="tw-role" disabled={!alive}>
        <legend>Your accounts and partners</legend>
        <p class="tw-help">Optional. It helps to tell internal from external access. Nothing here is added to the policy.</p>
        <Fields fields={state.fields} drafts={drafts} />
      </fieldset>
      <Told words={wrong.map(({ label, complaint }) => `${label}: ${complaint}`).join(" ")} />
      <div class="tw-role" role="group" aria-label="Accepted findings" tabIndex={-1} ref={list}>
        <h4>Accepted findings</h4>
        {state.accepted.length === 0 && <p class="tw-help">None. A finding can be accepted on its card.</p>}
        <ul>{state.accepted.map((one) => <Row accepted={one} alive={alive} takeBack={() => takeBack(one)} />)}</ul>
      </div>
      <p class="tw-help">Save this file in the folder of your notebooks. Every builder that starts there reads it.</p>
      <File filename={state.filename} text={state.text} saving={saving} />
    </div>
  );
}

function Row({ accepted: { code, where, value, reason, until, over }, alive, takeBack }: {
  accepted: AcceptedState; alive: boolean; takeBack: () => void;
}): JSX.Element {
  return (
    <li class="tw-accepted">
      <span>
        <b>{code}</b> {value ? <>for <code>{short(value)}</code></> : <span class="tw-over">accepted at any value</span>}{" "}
        {where ? <>at <code>{where}</code></> : "anywhere"}: {reason}{" "}
        {until && <span class={over ? "tw-over" : "tw-optional"}>{over ? `was accepted until ${until}` : `until ${until}`}</span>}
      </span>
      <button type="button" class="tw-quiet" disabled={!alive} onClick={takeBack}>
        Withdraw<span class="tw-unseen"> {code} {short(value)} {where}</span>
      </button>
    </li>
  );
}

/** Enough of a value to know it by; the file below has it whole. */
function short(value: string): string {
  return value.length <= 80 ? value : `${value.slice(0, 80)}…`;
}

function send(model: Model<HomeMessage, HomeTyped>, drafts: Drafts): void {
  const state = model.get("state") as HomeState;
  type(model, { fields: drafts.typed(state.fields.map(({ name }) => name)) });
}

export const homePart = part<HomeState, HomeMessage, HomeTyped>("home", Home, "fields", { lazy: true });
