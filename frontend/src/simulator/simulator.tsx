// SimulatorView: try a caller. Who calls, its form, the answer at every key, and the callers that are kept.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Answer } from "./answer";
import { Brings } from "../shared/call";
import { type Drafts, useDrafts } from "../shared/drafts";
import { Fields } from "../shared/fields";
import { Kept, keptTyped } from "./kept";
import { Fold, keysOfMenu, Out, Told, useNewId } from "../shared/parts";
import { tables } from "../shared/tables";
import type { SimulatorMessage, SimulatorState, SimulatorTyped } from "../state";
import { part } from "../shared/part";
import { type Model, revisionSent, say, type Shown, type } from "../shared/view";

function Simulator({ state, model, alive }: Shown<SimulatorState, SimulatorMessage, SimulatorTyped>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const drafts = useDrafts(model, state, state.caller, root, (newest) => send(model, newest));
  useEffect(() => forget(model, state));
  const chosen = useRef("");   // here, until its form has come
  useEffect(() => {
    if (chosen.current !== state.caller) return;
    chosen.current = "";
    root.current?.querySelector<HTMLElement>(".tw-asking :is(input, textarea, select)")?.focus();
  }, [state.caller]);
  return (
    <div class="tw-try" ref={root}>
      <Who state={state} alive={alive} choose={(name) => { chosen.current = name; say(model, { do: "choose", name }); }} />
      {(state.caller || state.raw) && (
        <div class="tw-try-columns">
          <fieldset class="tw-asking" disabled={!alive}>
            <legend class="tw-unseen">The request</legend>
            {state.raw && <Raw {...{ alive }} raw={state.raw} edit={() => say(model, { do: "edit" })} />}
            {state.caller && <Form key={state.caller} {...{ state, drafts }} guess={() => say(model, { do: "guess" })} />}
          </fieldset>
          <Answer {...{ state, model, alive }} ask={(name) => goTo(root.current, name)} />
        </div>
      )}
      <Kept {...{ state, model, alive, drafts }} />
      <Told words={toldOf(state)} />
    </div>
  );
}

/** Put the focus into the control of a question, also where it is folded away. */
function goTo(root: HTMLElement | null, name: string): void {
  const field = root?.querySelector<HTMLElement>(`.tw-asking [data-draft="${name}"]`);
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.querySelector<HTMLElement>("input, select, textarea")?.focus();
}

/** The kind of caller that is tried, and the picker for another. */
function Who({ state, alive, choose }: {
  state: SimulatorState; alive: boolean; choose: (name: string) => void;
}): JSX.Element {
  // While nobody is chosen yet, the choice stands open; after that, only when it is asked for.
  const [asked, setAsked] = useState<boolean | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useNewId();
  const open = alive && (asked ?? !(state.caller || state.raw));
  const done = (name?: string) => {
    if (name) choose(name);
    setAsked(name ? null : false);
    opener.current?.focus();
  };
  return (
    <div onKeyDown={(event) => { if (open) keysOfMenu(event, () => done()); }}>
      <div class="tw-who">
        <h3>Who calls?</h3>
        {(state.caller || state.raw) && <span class="tw-chip tw-caller">{state.raw ? state.raw.call.who : state.title}</span>}
        <button type="button" class="tw-quiet" ref={opener} disabled={!alive} aria-expanded={open} aria-controls={id}
          onClick={() => setAsked(!open)}>{state.caller || state.raw ? "Change caller, or paste an error" : "Choose a caller, or paste an error"}</button>
      </div>
      <div class="tw-picker tw-kinds" id={id} hidden={!open}>
        {tables.callerGroups.map(({ title, callers }) => (
          <div>
            <h4>{title}</h4>
            {callers.map(({ name, title, about }) => (
              <button type="button" class="tw-pick" aria-current={name === state.caller} onClick={() => done(name)}>
                <b>{title}</b> <span>{about}</span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** A call that came ready made: to be read, and to be changed in the form of whoever could make it. */
function Raw({ raw, alive, edit }: { raw: NonNullable<SimulatorState["raw"]>; alive: boolean; edit: () => void }): JSX.Element {
  return (
    <>
      <p class="tw-help">Example request, taken over unchanged.</p>
      <Brings call={raw.call} />
      {raw.editAs && <button type="button" class="tw-main" disabled={!alive} onClick={edit}>Edit it as: {raw.editAs}</button>}
    </>
  );
}

function Form({ state, drafts, guess }: { state: SimulatorState; drafts: Drafts; guess: () => void }): JSX.Element {
  const more = state.fields.filter((field) => field.more);
  return (
    <>
      <Fields fields={state.fields.filter((field) => !field.more)} drafts={drafts} />
      {more.length > 0 && (
        <Fold title="More about the request" must={more.some((field) => field.complaint)}>
          <Fields fields={more} drafts={drafts} />
        </Fold>
      )}
      {state.note && <p class="tw-help tw-try-note">{state.note} <Out href={state.source}>Source</Out></p>}
      {state.guesses && (
        <button type="button" class="tw-quiet tw-try-guess" onClick={guess}>Fill with matching values</button>
      )}
    </>
  );
}

/** Send what was typed since the kernel last answered, about the caller that is drawn. */
function send(model: Model<SimulatorMessage, SimulatorTyped>, drafts: Drafts): void {
  const state = model.get("state") as SimulatorState;
  const fields = drafts.typed(state.fields.map(({ name }) => name));
  type(model, { caller: state.caller, fields, kept: keptTyped(state, drafts) });
}

/** What was pasted is a token, perhaps: once the kernel has taken it in, the page's own copy goes. */
function forget(model: Model, state: SimulatorState): void {
  const revision = revisionSent(model);
  const held = (model.get("typed") as { fields?: object } | undefined)?.fields;
  if (!held || state.revision < revision || !state.fields.some(({ long, withheld }) => long || withheld)) return;
  model.set("typed", { revision });
  model.save_changes();
}

/** For screen readers: the answer, or what is wrong with the form, each time it changes. */
function toldOf({ answer, wrong, fields, kept }: SimulatorState): string {
  const complaints = fields.filter(({ complaint }) => complaint).map(({ label, complaint }) => `${label}: ${complaint}`);
  const differ = kept.filter(({ agrees }) => !agrees).length;
  const table = kept.length ? `${differ} of ${kept.length} saved callers differ.` : "";
  return [...complaints, answer ? `${answer.refusal} ${answer.word}. ${answer.because}`.trim() : wrong, table].join(" ");
}

export const simulatorPart = part<SimulatorState, SimulatorMessage, SimulatorTyped>("simulator", Simulator, "fields", { lazy: true });
