// SummaryView: one sentence that says who can get in.
import type { JSX } from "preact";
import { Stale, Told } from "./shared/parts";
import type { SummaryState } from "./state";
import { part } from "./shared/part";
import type { Shown } from "./shared/view";

const SIGNS = { good: "✓", warn: "⚠", bad: "✕", empty: "○" };

function Summary({ state }: Shown<SummaryState>): JSX.Element {
  return (
    <div class={`tw-sentence tw-mood-${state.mood}`}>
      <span class="tw-sign" aria-hidden="true">{SIGNS[state.mood]}</span>
      <div>
        <p>{state.parts.map(({ text, wide }) => (wide ? <b>{text}</b> : text))}</p>
        <Stale stale={state.stale} what="The sentence" />
      </div>
      <Told words={state.parts.map(({ text }) => text).join("")} />
    </div>
  );
}

export const summaryPart = part<SummaryState>("summary", Summary, "parts");
