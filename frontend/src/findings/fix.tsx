// A finding's fix: the diff, who would gain, lose and keep access by it, and the same for all findings of its kind.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Consequences } from "../shared/consequences";
import { Diff } from "../shared/diff";
import { useNewId } from "../shared/parts";
import type { TextChange, FindingsState, FindingState } from "../state";

export interface FixDoings { fix(which: number): void; fixAll(): void; weigh(which: number): void; tryOut(name: string, which: string): void }

interface Weighed { state: FindingsState; text: string; alive: boolean; doings: FixDoings }

export function Fix({ finding, change, which, state, text, alive, doings }: Weighed & {
  finding: FindingState; change: TextChange; which: number;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useNewId();
  const turn = () => {
    if (!open) doings.weigh(which);
    setOpen(!open);
  };
  const all = state.weighed[finding.code]?.change;
  return (
    <>
      <button type="button" class="tw-find-fix tw-main" disabled={!alive} aria-expanded={open} aria-controls={id}
        onClick={turn}>Fix: {change.title}</button>
      <div class="tw-change" id={id} hidden={!open}>
        {open && <Decide alive={alive} apply={() => doings.fix(which)} cancel={turn} />}
        {open && <Diff text={text} change={change} />}
        {open && <Weight {...{ state, text, alive, doings, which }} name={which ? `${finding.id} ${which}` : finding.id} />}
        {open && which === 0 && finding.alike > 1 && all && <All {...{ state, text, alive, doings, finding, all }} />}
      </div>
    </>
  );
}

/** Above the change, so that it is in view: make it, or leave it. */
function Decide({ alive, apply, cancel }: { alive: boolean; apply: () => void; cancel: () => void }): JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    row.current?.querySelector("button")?.focus({ preventScroll: true });
    row.current?.parentElement?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div class="tw-decide" ref={row}>
      <button type="button" class="tw-find-apply tw-first" disabled={!alive} onClick={apply}>Apply</button>
      <button type="button" class="tw-main" onClick={cancel}>Cancel</button>
    </div>
  );
}

/** Who gains, loses and keeps access, as it was found when the fix was opened. */
function Weight({ state, alive, doings, name, which }: Weighed & { name: string; which: number }): JSX.Element {
  const weighed = state.weighed[name];
  return (
    <div class="tw-weight" role="group" aria-label="Who gains and who loses access with this fix">
      {!weighed && (
        <button type="button" class="tw-quiet" disabled={!alive} onClick={() => doings.weigh(which)}>Who gains or loses access by this?</button>
      )}
      {weighed && !weighed.consequences && <p class="tw-help">The text is not a valid policy, so it is not known who gains or loses access.</p>}
      {weighed?.consequences && (
        <Consequences consequences={weighed.consequences} alive={alive} act={state.canTry ? (which) => doings.tryOut(name, which) : undefined} />
      )}
    </div>
  );
}

/** The same mistake elsewhere, mended in one step. */
function All({ state, text, alive, doings, finding, all }: Weighed & { finding: FindingState; all: TextChange }): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useNewId();
  return (
    <div class="tw-find-all">
      <button type="button" class="tw-quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        The same in {finding.alike} places: fix all at once
      </button>
      <div id={id} hidden={!open}>
        {open && <Diff text={text} change={all} />}
        {open && <Weight {...{ state, text, alive, doings }} which={0} name={finding.code} />}
        {open && (
          <button type="button" class="tw-find-apply-all tw-main" disabled={!alive} onClick={doings.fixAll}>
            Apply all {finding.alike}
          </button>
        )}
      </div>
    </div>
  );
}
