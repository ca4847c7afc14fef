// GrantsView: "Who can assume this role?", a chip for each grant, and the picker for somebody else.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./shared/icons";
import { keysOfMenu, useNewId } from "./shared/parts";
import { tables } from "./shared/tables";
import type { GrantsMessage, GrantsState, PatternGroup } from "./state";
import { part } from "./shared/part";
import { say, type Shown } from "./shared/view";

type Chip = GrantsState["chips"][number];
type Group = PatternGroup;

const ICONS: Record<string, IconName> = { "AWS itself": "service", "AWS accounts": "account", "Outside AWS": "outside" };

function Grants({ state, model, alive }: Shown<GrantsState, GrantsMessage>): JSX.Element {
  // While nobody is chosen yet, the choice stands open; after that, only when it is asked for.
  const [asked, setAsked] = useState<boolean | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useNewId();
  const off = !alive || state.stale;
  const open = !off && (asked ?? state.chips.length === 0);
  const done = (next: boolean | null) => { setAsked(next); opener.current?.focus(); };
  const add = (pattern: string) => { say(model, { do: "add", pattern }); done(null); };
  const remove = (index: number) => { say(model, { do: "remove", index }); done(null); };
  return (
    <div onKeyDown={(event) => { if (open) keysOfMenu(event, () => done(false)); }}>
      <div class="tw-who">
        <h3>Who can assume this role?</h3>
        <Chips state={state} off={off} select={(index) => say(model, { do: "select", index })} remove={remove} />
        <button type="button" class="tw-quiet" ref={opener} disabled={off} aria-expanded={open} aria-controls={id}
          onClick={() => setAsked(!open)}>+ Add caller</button>
      </div>
      <div class="tw-picker" id={id} hidden={!open}>
        {state.chips.length === 0 && <p class="tw-help tw-paste">Choose one of these, or paste a policy, the output of <code>aws iam get-role</code>, or a template into the editor.</p>}
        {tables.patternGroups.map((group) => <OneGroup group={group} add={add} />)}
      </div>
    </div>
  );
}

function Chips({ state, off, select, remove }: {
  state: GrantsState; off: boolean; select: (index: number) => void; remove: (index: number) => void;
}): JSX.Element {
  return (
    <ul class="tw-chips">
      {state.chips.map((chip, index) => (
        <OneChip chip={chip} selected={index === state.selected} off={off}
          select={() => select(index)} remove={() => remove(index)} />
      ))}
    </ul>
  );
}

function OneChip({ chip, selected, off, select, remove }: {
  chip: Chip; selected: boolean; off: boolean; select: () => void; remove: () => void;
}): JSX.Element {
  const kind = `${selected ? "tw-chosen" : ""} ${chip.unfinished ? "tw-unfinished" : ""}`;
  return (
    <li class={`tw-chip ${kind}`}>
      <button type="button" aria-pressed={selected} disabled={off} title={chip.title} onClick={select}>
        <span class="tw-chip-label">{chip.label}</span>
        {chip.unfinished && <span class="tw-note"> · incomplete</span>}
        {chip.byHand && <span class="tw-unseen">, custom statement</span>}
      </button>
      <button type="button" class="tw-away" disabled={off} title="Remove" onClick={remove}>
        <span aria-hidden="true">×</span><span class="tw-unseen">Remove {chip.label}</span>
      </button>
    </li>
  );
}

function OneGroup({ group, add }: { group: Group; add: (pattern: string) => void }): JSX.Element {
  return (
    <div>
      <h4>{group.title}</h4>
      {group.patterns.map(({ name, title, about }) => (
        <button type="button" class="tw-pick" onClick={() => add(name)}>
          <Icon name={ICONS[group.title] ?? "any"} /> <b>{title}</b> <span class="tw-about">{about}</span>
        </button>
      ))}
    </div>
  );
}

export const grantsPart = part<GrantsState, GrantsMessage>("grants", Grants, "chips");
