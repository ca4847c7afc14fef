// PermissionsView: the caller's permissions policy, decided together with the trust policy.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { type Drafts, useDrafts } from "./shared/drafts";
import { Fields } from "./shared/fields";
import { Stale, Told } from "./shared/parts";
import type { PermissionsState, PermissionsTyped } from "./state";
import { part } from "./shared/part";
import { type Model, type Shown, type } from "./shared/view";

function Permissions({ state, model, alive }: Shown<PermissionsState, never, PermissionsTyped>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const drafts = useDrafts(model, state, "", root, (newest) => send(model, newest));
  const wrong = state.fields.filter(({ complaint }) => complaint);
  return (
    <div class="tw-files" ref={root}>
      <fieldset class="tw-role" disabled={!alive}>
        <legend>The caller</legend>
        <Fields fields={state.none ? state.fields.slice(0, 1) : state.fields} drafts={drafts} />
      </fieldset>
      <Told words={wrong.map(({ label, complaint }) => `${label}: ${complaint}`).join(" ")} />
      <Stale stale={state.stale} />
      {state.none && <p>{state.none}</p>}
      {!state.none && state.outcome && <Decided state={state} />}
      {!state.none && !state.outcome && <p class="tw-help">Name a caller and paste its policy to see whether the call is allowed.</p>}
    </div>
  );
}

function Decided({ state }: { state: PermissionsState }): JSX.Element {
  return (
    <>
      <p><strong>{state.outcome}.</strong> {state.because}</p>
      {state.changes.length > 0 && <ul>{state.changes.map((text) => <li>{text}</li>)}</ul>}
      {state.findings.map(({ code, verdict, message, place }) => (
        <p><code>{code}</code> {verdict}, at <code>{place}</code>: {message}</p>
      ))}
      <p class="tw-help">For the role <code>{state.role}</code>.</p>
      <Told words={`${state.outcome}. ${state.because}`} />
    </>
  );
}

function send(model: Model<never, PermissionsTyped>, drafts: Drafts): void {
  const state = model.get("state") as PermissionsState;
  type(model, { fields: drafts.typed(state.fields.map(({ name }) => name)) });
}

export const permissionsPart = part<PermissionsState, never, PermissionsTyped>("permissions", Permissions, "fields", { lazy: true });
