// The guards of a grant: the conditions it always has, those that were added, and the menu of more.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { wholeOffer } from "./shared/blank";
import { cleaned, type Drafts } from "./shared/drafts";
import { Asked, Away, Choice, Generate, Lines, Suggestions, Text } from "./shared/fields";
import { keysOfMenu, useNewId } from "./shared/parts";
import { breakable } from "./shared/parts";
import { tables } from "./shared/tables";
import type { FormState, GuardState, TypedGuard } from "./state";

// When a guard is added or taken away, the numbers of the others change: nothing typed may go to the wrong one.
const nameOf = (state: FormState, index: number, what: string) => `guard ${index} of ${state.guards.length}, ${what}`;

/** The guards as they stand on the page, for the kernel. */
export function guardsTyped(state: FormState, drafts: Drafts): TypedGuard[] {
  return state.guards.map((guard, index) => ({
    key: drafts.shown(nameOf(state, index, "key"), guard.key),
    operator: drafts.shown(nameOf(state, index, "operator"), guard.operator),
    values: cleaned(drafts.shown(nameOf(state, index, "values"), guard.values)),
  }));
}

export function Guards({ state, drafts, generate, add, remove }: {
  state: FormState; drafts: Drafts; generate: (index: number) => void; add: (name: string) => void; remove: (index: number) => void;
}): JSX.Element {
  const keys = useNewId();
  const opener = useRef<HTMLButtonElement>(null);
  const [list, addAndGo] = useFocusOnAdded(state.guards.length, add);
  return (
    <div class="tw-guards" ref={list}>
      <h4>Conditions</h4>
      <p class="tw-help">All conditions must be met.</p>
      {state.fixed.map((text) => <p class="tw-fixed"><code>{breakable(text)}</code><span>always</span></p>)}
      {state.guards.map((guard, index) => {
        const name = (what: string) => nameOf(state, index, what);
        const away = () => { remove(index); opener.current?.focus(); };
        return <OneGuard key={name(guard.named ? guard.key : "")} {...{ guard, drafts, name, keys, away }} generate={() => generate(index)} />;
      })}
      {state.guards.some((guard) => !guard.named) && <Suggestions id={keys} words={tables.vocabulary.keys.map((value) => ({ value, label: "" }))} />}
      {state.offers.length > 0 && <Menu offers={state.offers.map(wholeOffer)} add={addAndGo} opener={opener} />}
    </div>
  );
}

/** When a guard was added here, the next key belongs to its first control. */
function useFocusOnAdded(count: number, add: (name: string) => void) {
  const list = useRef<HTMLDivElement>(null);
  const waiting = useRef(Infinity);   // how many there are when it has come
  useEffect(() => {
    if (count < waiting.current) return;
    waiting.current = Infinity;
    [...list.current?.querySelectorAll<HTMLElement>(".tw-guard") ?? []].at(-1)?.querySelector<HTMLElement>("input, select")?.focus();
  }, [count]);
  const addAndGo = (name: string) => { waiting.current = count + 1; add(name); };
  return [list, addAndGo] as const;
}

function OneGuard({ guard, drafts, name, keys, away, generate }: {
  guard: GuardState; drafts: Drafts; name: (what: string) => string; keys: string; away: () => void; generate: () => void;
}): JSX.Element {
  const id = useNewId();
  const says = `${id}-says`;
  const label = guard.named ? guard.label : "Values";
  return (
    <div class="tw-guard" role="group" aria-label={`Guard: ${guard.label}`}>
      <Away what={`the condition ${guard.label}`} act={away} />
      {!guard.named && <KeyAndOperator {...{ guard, drafts, name, keys }} />}
      {guard.fixed && <p class="tw-guard-fixed">{guard.label} <code>{breakable(guard.key)}</code></p>}
      {!guard.fixed && <Asked name={name("values")} id={id} label={label} help={guard.help} complaint={guard.complaint}>
        <Lines id={id} says={says} wrong={guard.complaint !== ""} label={label}
          value={drafts.shown(name("values"), guard.values)} change={(values) => drafts.set(name("values"), values)} />
        {guard.generates && <Generate what={label} act={() => { drafts.release(name("values")); generate(); }} />}
      </Asked>}
      {guard.warning && <p class="tw-warning">{guard.warning}</p>}
    </div>
  );
}

function KeyAndOperator({ guard, drafts, name, keys }: {
  guard: GuardState; drafts: Drafts; name: (what: string) => string; keys: string;
}): JSX.Element {
  const [key, operator] = [useNewId(), useNewId()];
  const plain = { help: "", complaint: "" };
  // An operator from the text may be none that is offered: it is shown all the same.
  const now = drafts.shown(name("operator"), guard.operator);
  const options = [...new Set([...tables.vocabulary.operators, now])].map((value) => ({ value, label: value, group: familyOf(value) }));
  return (
    <>
      <Asked {...plain} name={name("key")} id={key} label="Key">
        <Text id={key} says={`${key}-says`} wrong={false} list={keys} example="aws:SourceAccount"
          value={drafts.shown(name("key"), guard.key)} change={(value) => drafts.set(name("key"), value)} />
      </Asked>
      <Asked {...plain} name={name("operator")} id={operator} label="Operator">
        <Choice id={operator} says={`${operator}-says`} wrong={false} options={options}
          value={now} change={(value) => drafts.set(name("operator"), value)} />
      </Asked>
    </>
  );
}

/** The type of the values that an operator compares, as AWS groups its operators. */
function familyOf(operator: string): string {
  const several = /^(ForAllValues|ForAnyValue):/.exec(operator);
  if (several) return several[1] === "ForAllValues" ? "All of several values" : "Any of several values";
  const type = /^(String|Numeric|Date|Arn)/.exec(operator);
  return type ? { String: "Strings", Numeric: "Numbers", Date: "Dates", Arn: "ARNs" }[type[1]]! : "Other types";
}

function Menu({ offers, add, opener }: {
  offers: FormState["offers"]; add: (name: string) => void; opener: { current: HTMLButtonElement | null };
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useNewId();
  const close = () => { setOpen(false); opener.current?.focus(); };
  return (
    <div onKeyDown={(event) => { if (open) keysOfMenu(event, close); }}>
      <button type="button" class="tw-quiet" ref={opener} aria-expanded={open} aria-controls={id}
        onClick={() => setOpen(!open)}>+ Add a condition</button>
      <ul class="tw-offers" id={id} hidden={!open}>
        {offers.map((offer) => <Offer offer={offer} take={() => { close(); add(offer.name); }} />)}
      </ul>
    </div>
  );
}

/** A guard that this caller can never satisfy is greyed, can still be reached, and says why. */
function Offer({ offer: { label, key, reason, recommended }, take }: {
  offer: FormState["offers"][number]; take: () => void;
}): JSX.Element {
  const never = reason !== "" && !recommended;
  return (
    <li>
      <button type="button" aria-disabled={never} onClick={() => { if (!never) take(); }}>
        {label} {key && <code>{key}</code>} {recommended && <span class="tw-recommended">recommended</span>}
        {reason && <span class="tw-reason">{reason}</span>}
      </button>
    </li>
  );
}
