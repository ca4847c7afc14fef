// ExerciseView: a task, an editor for the answer, its grade at every pause, hints one by one, solutions on request.
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { editorPart } from "../editor/editor";
import { Out, Words } from "../shared/parts";
import { part, partOf } from "../shared/part";
import { type Model, say, type Shown } from "../shared/view";
import type { ExerciseMessage, ExerciseState, ExerciseTyped } from "../state";
import { GradeBox } from "./grade";
import { Help } from "./help";

const PAUSE = 400;   // milliseconds without a key until the answer is graded

function Exercise({ state, model, alive }: Shown<ExerciseState, ExerciseMessage, ExerciseTyped>): JSX.Element {
  const editor = useMemo(() => partOf(model as unknown as Model, "editor"), [model]);
  useGrading(model, state, alive);
  return (
    <div class="tw-exercise-page" role="group" aria-label={`Exercise: ${state.title}`}>
      <Task state={state} />
      <div class="tw-exercise-columns">
        <div class="tw-exercise-answer"><editorPart.Shows model={editor} alive={alive} /></div>
        <GradeBox state={state} />
      </div>
      <Help state={state} model={model} alive={alive} />
    </div>
  );
}

/** Ask for a grade when the answer changed and then stayed for a while. */
function useGrading(model: Model<ExerciseMessage, ExerciseTyped>, { stale, edition }: ExerciseState, alive: boolean): void {
  useEffect(() => {
    if (!stale || !alive) return;
    const timer = setTimeout(() => say(model, { do: "grade" }), PAUSE);
    return () => clearTimeout(timer);
  }, [model, stale, edition, alive]);
}

function Task({ state }: { state: ExerciseState }): JSX.Element {
  const { label, title, minutes, brief, progress, reading } = state;
  return (
    <div class="tw-exercise-task">
      <div class="tw-exercise-head">
        <h3>{label && <span class="tw-exercise-label">{label}</span>} {title}</h3>
        <span class="tw-help">{minutes} minutes</span>
        {progress.passed && <span class="tw-exercise-passed">✓ Passed</span>}
      </div>
      <p class="tw-exercise-brief"><Words text={brief} /></p>
      <details class="tw-exercise-read">
        <summary>Read more</summary>
        <ul>{reading.map((page) => <li><Out href={page}>{page.replace("https://docs.", "")}</Out></li>)}</ul>
      </details>
    </div>
  );
}

export const exercisePart = part<ExerciseState, ExerciseMessage, ExerciseTyped>("exercise", Exercise, "brief");
