// FormView: the questions of the selected grant, and its guards.
import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Drafts, useDrafts } from "./shared/drafts";
import { Fields } from "./shared/fields";
import { Guards, guardsTyped } from "./guards";
import { Fold, Told, useNewId } from "./shared/parts";
import { tables } from "./shared/tables";
import type { FormMessage, FormState, FormTyped } from "./state";
import { part } from "./shared/part";
import { type Model, say, type Shown, type } from "./shared/view";

function Form({ state, model, alive }: Shown<FormState, FormMessage, FormTyped>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const scope = `${state.grant} ${state.pattern}`;
  useFocusOnNew(state.asked, root);
  const drafts = useDrafts(model, state, scope, root, (newest) => send(model, newest));
  return (
    <div class="tw-asking" ref={root}>
      {state.locked && (
        <div class="tw-locked" role="status">
          {state.locked}{" "}
          <button type="button" class="tw-main" disabled={!alive} onClick={() => say(model, { do: "discard" })}>
            Discard it
          </button>
        </div>
      )}
      <fieldset disabled={!alive || state.locked !== ""}>
        <legend class="tw-unseen">The selected entry</legend>
        {!state.empty && !state.byHand && <Kind state={state} turn={(pattern) => say(model, { do: "switch", pattern })} />}
        <Body key={scope} {...{ state, model, drafts }} />
      </fieldset>
      <Told words={complaints(state)} />
    </div>
  );
}

/** When somebody was added from this page, the next key belongs to the first question. */
function useFocusOnNew(asked: number, root: RefObject<HTMLDivElement | null>): void {
  const before = useRef(asked);
  useEffect(() => {
    if (asked === before.current) return;
    before.current = asked;
    if (document.hasFocus()) root.current?.querySelector<HTMLElement>(".tw-fields input, .tw-fields select")?.focus();
  }, [asked]);
}

function Body({ state, model, drafts }: { state: FormState; model: Model<FormMessage>; drafts: Drafts }): JSX.Element {
  if (state.empty) return <p class="tw-help">Choose who can assume this role. The settings for your choice appear here.</p>;
  if (state.byHand) return <ByHand text={state.byHand} />;
  const more = state.fields.filter((field) => field.more);
  return (
    <>
      <Fields fields={state.fields.filter((field) => !field.more)} drafts={drafts} generate={(name) => say(model, { do: "generate", name })} />
      {more.length > 0 && (
        <Fold title="More choices" must={more.some((field) => field.complaint)}>
          <Fields fields={more} drafts={drafts} />
        </Fold>
      )}
      <Guards state={state} drafts={drafts} generate={(index) => say(model, { do: "generate_guard", index })} add={(name) => say(model, { do: "add_guard", name })}
        remove={(index) => say(model, { do: "remove_guard", index })} />
    </>
  );
}

/** Who it is, in a word, and who it could be instead. */
function Kind({ state, turn }: { state: FormState; turn: (pattern: string) => void }): JSX.Element {
  const id = useNewId();
  return (
    <div class="tw-kind-of">
      <select id={id} aria-label="Kind of caller" aria-describedby={`${id}-about`} value={state.pattern}
        onChange={(event) => turn(event.currentTarget.value)}>
        {tables.patternGroups.map((group) => (
          <optgroup label={group.title}>{group.patterns.map(({ name, title }) => <option value={name}>{title}</option>)}</optgroup>
        ))}
      </select>
      <p class="tw-help" id={`${id}-about`}>{state.about}</p>
    </div>
  );
}

function ByHand({ text }: { text: string }): JSX.Element {
  return (
    <>
      <p><b>Custom statement.</b> No form matches this statement. It stays exactly as written. Change it in the editor.</p>
      <pre class="tw-text" tabIndex={0} role="region" aria-label="Custom statement">{text}</pre>
    </>
  );
}

/** Send what was typed since the kernel last answered, about the grant that is drawn. */
function send(model: Model<FormMessage, FormTyped>, drafts: Drafts): void {
  const state = model.get("state") as FormState;
  const fields = drafts.typed(state.fields.map(({ name }) => name));
  type(model, { grant: state.grant, pattern: state.pattern, fields, guards: guardsTyped(state, drafts), pasted: drafts.pastedInto });
}

function complaints(state: FormState): string {
  return [...state.fields, ...state.guards]
    .filter(({ complaint }) => complaint)
    .map(({ label, complaint }) => `${label}: ${complaint}`)
    .join(" ");
}

export const formPart = part<FormState, FormMessage, FormTyped>("form", Form, "fields");
