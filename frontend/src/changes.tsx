// ChangesView: two policies side by side, and who gained or lost access from one to the other.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Consequences } from "./shared/consequences";
import { Merge } from "./editor/merge";
import { Stale, Told } from "./shared/parts";
import { turnTo } from "./shared/seen";
import type { ChangesMessage, ChangesState } from "./state";
import { part } from "./shared/part";
import { say, type Shown } from "./shared/view";

function Changes({ state, model, alive }: Shown<ChangesState, ChangesMessage>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const act = (which: string) => { say(model, { do: "try", which }); turnTo(root.current, "simulator"); };
  const { consequences, unchanged } = state;
  return (
    <div class={`tw-changed ${state.stale ? "tw-old" : ""}`} role="group" aria-label="What changed" ref={root}>
      {state.settable && <From state={state} alive={alive} ask={(what) => say(model, { do: what })} />}
      <Stale stale={state.stale} />
      {state.wrong && <p class="tw-warning">{state.wrong}</p>}
      {unchanged && <p class="tw-help">{unchanged}</p>}
      {consequences && !unchanged && <Consequences {...{ consequences, alive }} act={state.canTry ? act : undefined} />}
      {!unchanged && <Merge old={state.old} now={state.new} names={[state.from, "Now"]} />}
      <Told words={unchanged || state.wrong || (consequences?.headline ?? "")} />
    </div>
  );
}

/** What is compared with, and how to compare with something else. */
function From({ state, alive, ask }: { state: ChangesState; alive: boolean; ask: (what: "from_here" | "from_start") => void }): JSX.Element {
  return (
    <p class="tw-from">
      <span>Compared with {state.moved ? "the version you chose" : "the initial version"}.</span>
      <button type="button" class="tw-quiet" disabled={!alive || state.unchanged !== ""} onClick={() => ask("from_here")}>
        Compare from here
      </button>
      {state.moved && (
        <button type="button" class="tw-quiet" disabled={!alive} onClick={() => ask("from_start")}>
          Compare from the beginning
        </button>
      )}
    </p>
  );
}

export const changesPart = part<ChangesState, ChangesMessage>("changesview", Changes, "from", { lazy: true });
