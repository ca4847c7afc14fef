// What a change does to who gets in: who gains access and who loses it, each with a call, and what stays.
import type { JSX } from "preact";
import { Call } from "./call";
import { File, Fold } from "./parts";
import type { ConsequencesState, ChangeAnswer } from "../state";

const SIGNS = { gained: { yes: "+", no: "=", unknown: "?" }, lost: { yes: "−", no: "=", unknown: "?" } };

export function Consequences({ consequences, alive, act }: {
  consequences: ConsequencesState; alive: boolean; act?: (which: string) => void;
}): JSX.Element {
  const { answers, same, headline, gone, kept, revoke } = consequences;
  const fresh = consequences.new;
  return (
    <div class="tw-consequences">
      {same === "yes" && <p class="tw-same"><span aria-hidden="true">= </span>{headline}</p>}
      {answers.length > 0 && (
        <div class="tw-gained-lost">
          {answers.map((answer) => <One key={answer.which} {...{ answer, alive }} act={act && (() => act(answer.which))} />)}
        </div>
      )}
      {answers.length > 0 && (fresh.length > 0 || gone.length > 0) && (
        <ul class="tw-in-words" aria-label="In words">
          {gone.map((words) => <li><b>Before:</b> {words}</li>)}
          {fresh.map((words) => <li><b>{consequences.now}:</b> {words}</li>)}
        </ul>
      )}
      {answers.length > 0 && kept.length > 0 && (
        <Fold title={`Unchanged (${kept.length})`}><ul>{kept.map((words) => <li>{words}</li>)}</ul></Fold>
      )}
      {revoke && (
        <div class="tw-revoke">
          <p>{revoke.note}</p>
          {revoke.text && <Fold title="The command"><File filename={revoke.filename} text={revoke.text} /></Fold>}
        </div>
      )}
    </div>
  );
}

function One({ answer, alive, act }: { answer: ChangeAnswer; alive: boolean; act?: () => void }): JSX.Element {
  return (
    <div class={`tw-one-answer tw-${answer.which}-${answer.found}`}>
      <p class="tw-verdict"><span aria-hidden="true">{SIGNS[answer.which][answer.found]}</span> {answer.sentence}</p>
      {answer.call && <Call call={answer.call} alive={alive} act={act} />}
      {answer.because && <p class="tw-why-differs">{answer.because}</p>}
    </div>
  );
}
