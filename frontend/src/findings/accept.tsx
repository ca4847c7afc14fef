// A finding that the reader knows of and lives with: asking for the reason, and showing it.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Asked, Text } from "../shared/fields";
import { useNewId } from "../shared/parts";
import type { FindingState } from "../state";

interface Asking { finding: FindingState; alive: boolean; accept: (reason: string, until: string) => void }

/** A button that unfolds the question why, and until when. */
export function Accept({ finding, alive, accept }: Asking): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useNewId();
  const button = useRef<HTMLButtonElement>(null);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button type="button" class="tw-quiet tw-find-accept" disabled={!alive} aria-expanded={open} aria-controls={id}
        ref={button} onClick={() => setOpen(!open)}>Accept…</button>
      <div class="tw-change" id={id} hidden={!open} onKeyDown={leave}>{open && <Why {...{ finding, alive, accept }} />}</div>
    </>
  );
}

function Why({ finding: { value, complaints }, alive, accept }: Asking): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [wrongDay, setWrongDay] = useState("");
  const [sent, setSent] = useState("");   // what the kernel's complaints are about
  const [forReason, forUntil] = [useNewId(), useNewId()];
  const said = sent === `${until} ${reason}` ? complaints : {};
  const wrong = wrongDay || (said.until ?? "");
  const submit = (event: Event) => {
    event.preventDefault();
    if (!alive || !reason.trim() || wrong) return;
    setSent(`${until} ${reason}`);
    accept(reason, until);
  };
  const typed = (event: Event) => {
    const day = event.currentTarget as HTMLInputElement;
    setUntil(day.value);
    setWrongDay(faultOfDay(day.value, day.validity.badInput));
  };
  return (
    <form class="tw-fields tw-why" noValidate onSubmit={submit} ref={form}>
      <Asked name="reason" id={forReason} label="Why is this acceptable?" help="Stored with the exception" complaint={said.reason ?? ""}>
        <Text id={forReason} value={reason} change={setReason} says={`${forReason}-says`} wrong={!!said.reason} />
      </Asked>
      <Asked name="until" id={forUntil} label="Until" help="Expires on" optional half complaint={wrong}>
        <input type="date" id={forUntil} value={until} max="9999-12-31" aria-describedby={`${forUntil}-says`}
          aria-invalid={!!wrong} onInput={typed} onBlur={typed} />
      </Asked>
      <button type="submit" class="tw-main" disabled={!alive || !reason.trim() || !!wrong}>Accept</button>
      <p class="tw-help">Accepts this value, in every policy that this trust-home.toml is for: <code>{value}</code>.
        {" "}Not saved until you save that file, in the tab Settings or a HomeView.</p>
    </form>
  );
}

/** Why a day cannot be taken, as the kernel would say; a date that is half typed is an empty value. */
function faultOfDay(day: string, halfTyped: boolean): string {
  if (halfTyped) return "This date is incomplete. Complete it or clear it.";
  if (day && !/^\d{4}-\d{2}-\d{2}$/.test(day)) return "Write the year with four digits, like 2027-01-31.";
  return day && day < today() ? "This date has passed. Enter a later date." : "";
}

/** The reader's present day, as an ISO date. */
function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Why a finding was accepted, and the way back. */
export function Accepted({ reason, alive, takeBack }: {
  reason: string; alive: boolean; takeBack: () => void;
}): JSX.Element {
  return (
    <p class="tw-accepted">
      <span><b>Accepted:</b> {reason}</span>
      <button type="button" class="tw-quiet" disabled={!alive} onClick={takeBack}>Withdraw</button>
    </p>
  );
}
