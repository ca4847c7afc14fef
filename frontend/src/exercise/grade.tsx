// What is right and wrong about an answer: each caller of the story, and all others.
import type { JSX } from "preact";
import { Brings } from "../shared/call";
import { breakable, Told, Words } from "../shared/parts";
import type { ExerciseCaller, ExercisePermission, ExerciseState, Truth } from "../state";

const MARKS: Record<Truth, [sign: string, words: string]> = {
  yes: ["✓", "right"], no: ["✗", "wrong"], unknown: ["?", "not decided"],
};
const HEADS: Record<ExerciseState["grade"], string> = {
  right: "✓ Right", wrong: "✗ Not right yet", unreadable: "Not a policy yet", refused: "✗ IAM would not save it",
  undecided: "? Not decided",
};

/** A message without what the headline above it says already. */
function withoutHeadline(message: string): string {
  return message.replace(/^(Right|IAM would not save this policy)\. /, "");
}

/** What a screen reader is told: the headline, then the message. */
function spoken(grade: ExerciseState["grade"], message: string): string {
  return `${HEADS[grade].replace(/^\W+/, "")}. ${withoutHeadline(message)}`;
}

export function GradeBox({ state }: { state: ExerciseState }): JSX.Element {
  const { grade, message, because, callers, others, witness, stale } = state;
  const isAboutCaller = callers.some((caller) => caller.because !== "" && caller.because === because);
  return (
    <div class={`tw-grade tw-grade-${grade} ${stale ? "tw-grade-stale" : ""}`} role="group" aria-label="Grade">
      <h4 class="tw-grade-head">{HEADS[grade]}{stale && <span class="tw-help"> (checked when you pause)</span>}</h4>
      <p class="tw-grade-message"><Words text={withoutHeadline(message)} /></p>
      {witness && <Witness call={witness} />}
      {because && !isAboutCaller && <p class="tw-grade-because"><Words text={because} /></p>}
      <Callers title="Must be able to assume the role" callers={callers.filter(({ must }) => must)} />
      <Callers title="Must not be able to assume the role" callers={callers.filter(({ must }) => !must)} />
      {others && <p class="tw-help">{others}</p>}
      <Told words={stale ? "" : spoken(grade, message)} />
    </div>
  );
}

/** The grade of the caller's half. */
export function HalfGrade({ half: { grade, message, because, solutions } }: { half: ExercisePermission }): JSX.Element {
  return (
    <div class={`tw-grade tw-grade-${grade}`} role="group" aria-label="Grade of the caller's half">
      <h4 class="tw-grade-head">{HEADS[grade]}</h4>
      <p class="tw-grade-message"><Words text={withoutHeadline(message)} /></p>
      {because && <p class="tw-grade-because"><Words text={because} /></p>}
      {solutions.length > 0 && <pre class="tw-text" tabIndex={0} role="region" aria-label="Solution of the caller's half">{solutions[0]}</pre>}
      <Told words={`The caller's permissions policy: ${spoken(grade, message)}`} />
    </div>
  );
}

function Witness({ call }: { call: NonNullable<ExerciseState["witness"]> }): JSX.Element {
  return <div class="tw-grade-witness"><p>{breakable(call.who)}</p><Brings call={call} /></div>;
}

function Callers({ title, callers }: { title: string; callers: ExerciseCaller[] }): JSX.Element {
  return (
    <>
      <h4>{title}</h4>
      <ul class="tw-grade-callers">{callers.map((each) => <Caller each={each} />)}</ul>
    </>
  );
}

function Caller({ each: { caller, right, because, must } }: { each: ExerciseCaller }): JSX.Element {
  const [sign, words] = right ? MARKS[right] : ["", ""];
  const now = right === "no" && (must ? "cannot" : "can");
  return (
    <li class={right ? `tw-grade-${right}` : ""}>
      <span class="tw-grade-sign" aria-hidden="true">{sign}</span>
      <span>
        {caller}{now && <b> {now}</b>}{right && <span class="tw-unseen"> ({words})</span>}
        {because && <details><summary class="tw-find-more">Why?</summary><p><Words text={because} /></p></details>}
      </span>
    </li>
  );
}
