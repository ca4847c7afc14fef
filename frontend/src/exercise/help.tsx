// Below an answer: hints one by one, solutions on request, a new start, and the file of attempts.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Words } from "../shared/parts";
import { type Model, say } from "../shared/view";
import type { ExerciseMessage, ExerciseProgress, ExerciseState, ExerciseTyped } from "../state";

type Shown = { state: ExerciseState; model: Model<ExerciseMessage, ExerciseTyped>; alive: boolean };

export function Help({ state, model, alive }: Shown): JSX.Element {
  const { hints, hintsLeft, solutions, isStart, progress } = state;
  const shown = useRef<HTMLDivElement>(null);
  // The button that was pressed may be gone afterwards, and the focus must not go with it.
  const ask = (message: ExerciseMessage) => { say(model, message); shown.current?.focus(); };
  return (
    <div class="tw-exercise-help" role="group" aria-label="Help and progress" tabIndex={-1} ref={shown}>
      <div class="tw-acts">
        {hintsLeft > 0 && (
          <button type="button" class="tw-main" disabled={!alive} onClick={() => (hintsLeft > 1 ? say(model, { do: "hint" }) : ask({ do: "hint" }))}>
            Show hint {hints.length + 1} of {hints.length + hintsLeft}
          </button>
        )}
        {solutions.length === 0 && <Confirmed words="Show a solution" question="Show the solutions? Your progress will say so."
          yes="Show them" alive={alive} act={() => ask({ do: "solution" })} />}
        {!isStart && <Confirmed words="Start again" question="Replace your answer with the first policy? Undo brings it back."
          yes="Replace it" alive={alive} act={() => ask({ do: "restart" })} />}
      </div>
      <div aria-live="polite">
        {hints.length > 0 && <ol class="tw-exercise-hints" aria-label="Hints">{hints.map((hint) => <li><Words text={hint} /></li>)}</ol>}
      </div>
      {solutions.map((text, index) => (
        <details class="tw-exercise-solution" open={index === 0}>
          <summary>Solution {index + 1} of {solutions.length}</summary>
          <pre class="tw-text" tabIndex={0} role="region" aria-label={`Solution ${index + 1}`}>{text}</pre>
          <button type="button" class="tw-quiet" disabled={!alive} aria-label={`Put solution ${index + 1} into the editor`} onClick={() => say(model, { do: "use", number: index })}>Put it into the editor</button>
        </details>
      ))}
      <Progress progress={progress} alive={alive} forget={() => ask({ do: "forget" })} />
    </div>
  );
}

/** A button that asks before it acts. */
function Confirmed({ words, question, yes, alive, act }: {
  words: string; question: string; yes: string; alive: boolean; act: () => void;
}): JSX.Element {
  const [asks, ask] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  if (!asks) return <button type="button" class="tw-quiet" ref={first} disabled={!alive} onClick={() => ask(true)}>{words}</button>;
  return (
    <span class="tw-exercise-asks" role="group" aria-label={words} onKeyDown={({ key }) => { if (key === "Escape") ask(false); }}>
      <span>{question}</span>
      <button type="button" class="tw-main" disabled={!alive} ref={(button) => button?.focus()} onClick={() => { ask(false); act(); }}>{yes}</button>
      <button type="button" class="tw-quiet" onClick={() => ask(false)}>Cancel</button>
    </span>
  );
}

function Progress({ progress: { tries, path, answers, wrong }, alive, forget }: {
  progress: ExerciseProgress; alive: boolean; forget: () => void;
}): JSX.Element | null {
  if (!path) return null;
  const count = tries === 1 ? "1 attempt" : `${tries} attempts`;
  return (
    <div class="tw-exercise-progress">
      {wrong && <p class="tw-over" role="alert">{wrong}</p>}
      <span class="tw-help">{count} of this exercise in <code>{path}</code>. The file holds no policy and no name. Your answer is kept next to it, in <code>{answers}</code>.</span>
      {tries > 0 && <Confirmed words="Reset progress" question="Delete the attempts of this exercise?" yes="Delete them" alive={alive} act={forget} />}
    </div>
  );
}
