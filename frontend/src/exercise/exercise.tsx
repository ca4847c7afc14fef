// ExerciseView: a task, an editor for the answer, its grade at every pause, hints one by one, solutions on request.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { editorPart } from "../editor/editor";
import { useDrafts } from "../shared/drafts";
import { Fields } from "../shared/fields";
import { Out, Words } from "../shared/parts";
import { part, partOf } from "../shared/part";
import { type Model, say, type Shown, type } from "../shared/view";
import type { ExerciseMessage, ExercisePermission, ExerciseState, ExerciseTyped } from "../state";
import { GradeBox, HalfGrade } from "./grade";
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
      {state.permission && <Permission state={state} half={state.permission} model={model} alive={alive} />}
      <Help state={state} model={model} alive={alive} />
    </div>
  );
}

/** Ask for a grade when the answer changed and then stayed for a while. */
function useGrading(model: Model<ExerciseMessage, ExerciseTyped>, { stale, edition, revision }: ExerciseState, alive: boolean): void {
  useEffect(() => {
    if (!stale || !alive) return;
    const timer = setTimeout(() => say(model, { do: "grade" }), PAUSE);
    return () => clearTimeout(timer);
  }, [model, stale, edition, revision, alive]);
}

/** The caller's half: a permissions policy beside its grade. */
function Permission({ state, half, model, alive }: {
  state: ExerciseState; half: ExercisePermission; model: Model<ExerciseMessage, ExerciseTyped>; alive: boolean;
}): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const drafts = useDrafts(model, state, "", root, (newest) => type(model as Model<never, ExerciseTyped>, { fields: newest.typed(["permission"]) }));
  return (
    <div class="tw-exercise-columns tw-exercise-half" role="group" aria-label="The caller's half" ref={root}>
      <fieldset class="tw-exercise-answer" disabled={!alive}>
        <p class="tw-exercise-brief"><Words text={half.brief} /></p>
        <Fields fields={half.fields} drafts={drafts} />
      </fieldset>
      <HalfGrade half={half} />
    </div>
  );
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
        <ul>{reading.map((page) => <li><Out href={page}>{page.replace("https://", "")}</Out></li>)}</ul>
      </details>
    </div>
  );
}

export const exercisePart = part<ExerciseState, ExerciseMessage, ExerciseTyped>("exercise", Exercise, "brief");
