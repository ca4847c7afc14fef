// SummaryView: one sentence that says who can get in.
import type { JSX } from "preact";
import { Clamped, Stale, Told } from "./shared/parts";
import type { SummaryState } from "./state";
import { part } from "./shared/part";
import type { Shown } from "./shared/view";

const SIGNS = { good: "✓", warn: "⚠", bad: "✕", empty: "○" };

const LONG = 260;   // characters: two lines of a wide builder

function Summary({ state }: Shown<SummaryState>): JSX.Element {
  const words = state.parts.map(({ text }) => text).join("");
  return (
    <div class={`tw-sentence tw-mood-${state.mood} ${state.behind ? "tw-late" : ""}`}>
      <span class="tw-sign" aria-hidden="true">{SIGNS[state.mood]}</span>
      <div class="tw-said-whole">
        <Clamped words={words} all={state.whole} what="the sentence" long={LONG}>
          {state.parts.map(({ text, wide }) => (wide ? <b>{text}</b> : text))}
        </Clamped>
        <Stale stale={state.stale} behind={state.behind} />
      </div>
      <Told words={words} />
    </div>
  );
}

export const summaryPart = part<SummaryState>("summary", Summary, "parts");
