// The controls that questions are asked with: a text, a choice, a flag, a list of lines.
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { wholeField } from "./blank";
import type { Drafts, Value } from "./drafts";
import { Icon } from "./icons";
import { Commands, useNewId, Words } from "./parts";
import type { FieldState, Option } from "../state";
import { tables } from "./tables";

// No browser knows better than the reader how an ARN is spelt.
const PLAIN = { autocomplete: "off", autocapitalize: "off", spellcheck: false } as const;

interface Control<T extends Value> {
  id: string; value: T; change: (value: T, pasted?: boolean) => void; says: string; wrong: boolean; example?: string; list?: string;
}

/** The controls of a form, in two columns where they are short. */
export function Fields({ fields, drafts, generate }: {
  fields: FieldState[]; drafts: Drafts; generate?: (name: string) => void;
}): JSX.Element {
  return (
    <div class="tw-fields">
      {fields.map(wholeField).map((field) => <OneField key={`${field.kind} ${field.name}`} {...{ field, drafts, generate }} />)}
    </div>
  );
}

function OneField({ field, drafts, generate }: {
  field: FieldState; drafts: Drafts; generate?: (name: string) => void;
}): JSX.Element {
  const id = useNewId();
  const list = field.suggestions ? `${id}-list` : undefined;
  const value = drafts.shown(field.name, field.value, field.withheld);
  const control = {
    id, list, example: field.example, says: `${id}-says`, wrong: field.complaint !== "",
    change: (next: Value, pasted?: boolean) => drafts.set(field.name, next, pasted),
  };
  return (
    <Asked name={field.name} id={id} label={field.label} help={field.help} complaint={field.complaint}
      half={field.half} flag={field.kind === "flag"} optional={field.optional}>
      {field.kind === "text" && !field.long && <Text {...control} value={value as string} />}
      {field.kind === "text" && field.long && <LongText {...control} value={value as string} />}
      {field.kind === "choice" && <Choice {...control} value={value as string} options={field.options} />}
      {field.kind === "flag" && <Flag {...control} value={value as boolean} />}
      {field.kind === "list" && <Lines {...control} value={value as string[]} label={field.label} complaint={field.complaint} />}
      {field.candidates.length > 0 && (
        <p class="tw-candidates">{field.candidates.map((each) => (
          <button type="button" class="tw-main" onClick={() => drafts.set(field.name, each, true)}>{each}</button>
        ))}</p>
      )}
      {field.generates && generate && <Generate what={field.label} act={() => { drafts.release(field.name); generate(field.name); }} />}
      {list && <Suggestions id={list} words={tables.suggestions[field.suggestions]} />}
    </Asked>
  );
}

/** A control with its label, and beneath it what is wrong, or else what helps. */
export function Asked({ name, id, label, help, complaint, children, half, flag, optional }: {
  name: string; id: string; label: string; help: string; complaint: string; children: ComponentChildren;
  half?: boolean; flag?: boolean; optional?: boolean;
}): JSX.Element {
  const kind = `${half ? "tw-half" : ""} ${flag ? "tw-flagged" : ""} ${complaint ? "tw-wrong" : ""}`;
  return (
    <div class={`tw-field ${kind}`} data-draft={name}>
      <div class="tw-label">
        <label for={id}>{label}</label>
        {optional && <span class="tw-optional">optional</span>}
      </div>
      {children}
      <p class="tw-says" id={`${id}-says`}><Words text={complaint || help} /></p>
      <Commands text={complaint || help} />
    </div>
  );
}

export function Text({ id, value, change, says, wrong, example, list }: Control<string>): JSX.Element {
  return (
    <input {...PLAIN} type="text" id={id} value={value} list={list} placeholder={example}
      aria-describedby={says} aria-invalid={wrong} onInput={(event) => change(event.currentTarget.value, isPaste(event))} />
  );
}

const isPaste = (event: Event) => /^insertFrom(Paste|Drop)$/.test((event as InputEvent).inputType ?? "");

/** The button that makes an answer. */
export function Generate({ what, act }: { what: string; act: () => void }): JSX.Element {
  return (
    <button type="button" class="tw-quiet tw-generate" onClick={act}>
      <Icon name="generate" /> Generate<span class="tw-unseen"> {what}</span>
    </button>
  );
}

export function LongText({ id, value, change, says, wrong, example }: Control<string>): JSX.Element {
  return (
    <textarea {...PLAIN} id={id} value={value} rows={6} placeholder={example} aria-describedby={says} aria-invalid={wrong}
      onInput={(event) => change(event.currentTarget.value)} />
  );
}

export function Choice({ id, value, change, says, wrong, options }: Control<string> & {
  options: (Option & { group?: string })[];
}): JSX.Element {
  return (
    <select id={id} value={value} aria-describedby={says} aria-invalid={wrong}
      onChange={(event) => change(event.currentTarget.value)}>
      {grouped(options).map(([group, members]) => {
        const shown = members.map((option) => <option value={option.value}>{option.label}</option>);
        return group ? <optgroup label={group}>{shown}</optgroup> : shown;
      })}
    </select>
  );
}

/** Options by the groups that they are in, those without a group by themselves. */
function grouped<Member extends { group?: string }>(options: Member[]): [string, Member[]][] {
  const groups = new Map<string, Member[]>();
  for (const option of options) groups.set(option.group ?? "", [...groups.get(option.group ?? "") ?? [], option]);
  return [...groups];
}

function Flag({ id, value, change, says, wrong }: Control<boolean>): JSX.Element {
  return (
    <input type="checkbox" id={id} checked={value} aria-describedby={says} aria-invalid={wrong}
      onChange={(event) => change(event.currentTarget.checked)} />
  );
}

const LINES = 5;   // of a list that are shown at once; more are folded away

/** A list, a line for each; there is always one line to type in. */
export function Lines({ id, value, change, says, wrong, example, list, label, complaint = "" }: Control<string[]> & {
  label: string; complaint?: string;
}): JSX.Element {
  const rows = value.length ? value : [""];
  // Of several lines the kernel quotes the one that it complains about.
  const isWrong = (row: string) => wrong && (!complaint.startsWith("\"") || complaint.startsWith(`"${row.trim()}"`));
  const [whole, show] = useState(false);
  const folded = !whole && rows.length > LINES + 1 && !rows.slice(LINES).some(isWrong);
  const place = useRef<HTMLDivElement>(null);
  const focus = useRef(-1);   // the line that takes the focus after the next drawing
  useLayoutEffect(() => {
    if (focus.current >= 0) place.current?.querySelectorAll("input")[focus.current]?.focus();
    focus.current = -1;
  });
  const put = (next: string[], line = -1, pasted = false) => { focus.current = line; change(next, pasted); };
  const another = () => { show(true); put([...rows, ""], rows.length); };
  const without = (line: number) => put(rows.filter((_, index) => index !== line), Math.max(0, line - 1));
  return (
    <div class="tw-lines" ref={place}>
      {(folded ? rows.slice(0, LINES) : rows).map((row, index) => (
        <div class="tw-one-line">
          <input {...PLAIN} type="text" id={index ? undefined : id} aria-label={index ? `${label}, ${index + 1}` : undefined}
            value={row} list={list} placeholder={index ? "" : example} aria-describedby={says} aria-invalid={isWrong(row)}
            onInput={(event) => put(rows.with(index, event.currentTarget.value), -1, isPaste(event))} />
          {rows.length > 1 && <Away what={`${label}, ${index + 1}`} act={() => without(index)} />}
        </div>
      ))}
      {folded && <button type="button" class="tw-quiet" onClick={() => show(true)}>Show all {rows.length}<span class="tw-unseen"> of {label}</span></button>}
      <button type="button" class="tw-quiet" onClick={another}>
        + Another<span class="tw-unseen"> line of {label}</span>
      </button>
    </div>
  );
}

/** The cross that takes something away. Its words are in it as text, so that no label is mistaken for them. */
export function Away({ what, act }: { what: string; act: () => void }): JSX.Element {
  return (
    <button type="button" class="tw-away" title="Remove" onClick={act}>
      <span aria-hidden="true">×</span><span class="tw-unseen">Remove {what}</span>
    </button>
  );
}

export function Suggestions({ id, words }: { id: string; words: Option[] }): JSX.Element {
  return <datalist id={id}>{words.map(({ value, label }) => <option value={value} label={label || undefined} />)}</datalist>;
}
