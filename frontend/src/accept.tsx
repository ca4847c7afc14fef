// A finding that the reader knows of and lives with: asking for the reason, and showing it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Asked, Text } from "./fields";
import { useNewId } from "./parts";

/** A button that unfolds the question why, and until when. */
export function Accept({ alive, accept }: { alive: boolean; accept: (reason: string, until: string) => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useNewId();
  return (
    <>
      <button type="button" class="tw-quiet tw-find-accept" disabled={!alive} aria-expanded={open} aria-controls={id}
        onClick={() => setOpen(!open)}>Accept…</button>
      <div class="tw-change" id={id} hidden={!open}>{open && <Why alive={alive} accept={accept} />}</div>
    </>
  );
}

function Why({ alive, accept }: { alive: boolean; accept: (reason: string, until: string) => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [forReason, forUntil] = [useNewId(), useNewId()];
  const past = until !== "" && until < today();
  const submit = (event: Event) => {
    event.preventDefault();
    if (alive && reason.trim() && !past) accept(reason, until);
  };
  return (
    <form class="tw-fields tw-why" onSubmit={submit}>
      <Asked name="reason" id={forReason} label="Why is it fine here?" help="Kept for whoever reads it next" complaint="">
        <Text id={forReason} value={reason} change={setReason} says={`${forReason}-says`} wrong={false} />
      </Asked>
      <Asked name="until" id={forUntil} label="Until" help="The last day on which this counts" optional half
        complaint={past ? "That day has passed" : ""}>
        <input type="date" id={forUntil} value={until} aria-describedby={`${forUntil}-says`} aria-invalid={past}
          onInput={(event) => setUntil(event.currentTarget.value)} />
      </Asked>
      <button type="submit" class="tw-main" disabled={!alive || !reason.trim() || past}>Accept</button>
    </form>
  );
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
      <button type="button" class="tw-quiet" disabled={!alive} onClick={takeBack}>Take back</button>
    </p>
  );
}
