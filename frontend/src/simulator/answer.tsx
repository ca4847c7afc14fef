// The answer to one call: the outcome, what was compared, what would have to change, and the whole reasoning.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Diff } from "../shared/diff";
import { classOf, ICONS, SIGNS, TRUTHS } from "../shared/outcomes";
import { breakable, Fold, Out, Stale } from "../shared/parts";
import { Reasons } from "./reasons";
import type { AnswerChange, AnswerState, ComparedRow, DiffTextState, Place, SimulatorMessage, SimulatorState } from "../state";
import { type Model, say } from "../shared/view";

/** `ask` leads to a question of the form, by its name. */
export function Answer({ state, model, alive, ask }: {
  state: SimulatorState; model: Model<SimulatorMessage>; alive: boolean; ask: (name: string) => void;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const { answer } = state;
  const show = (path: Place) => { if (alive) say(model, { do: "show", path }); };
  // The button goes with the change that it makes, and the focus must not go with it.
  const apply = (id: string) => { say(model, { do: "apply", id }); place.current?.focus(); };
  const sayMore = () => { say(model, { do: "edit" }); place.current?.focus(); };
  return (
    <div class={`tw-answer ${state.stale ? "tw-old" : ""}`} role="group" aria-label="Answer" tabIndex={-1} ref={place}>
      <Stale stale={state.stale} />
      {!answer && <NoAnswer why={state.wrong} />}
      {answer && (
        <>
          {answer.refusal && <p class="tw-refusal">{answer.refusal}</p>}
          <p class={`tw-outcome ${classOf(answer.outcome)}`}>
            <span class="tw-outcome-icon" aria-hidden="true">{ICONS[answer.outcome]}</span> {answer.word}
          </p>
          <p class="tw-because">{answer.because}</p>
          <Guesses guesses={answer.guesses} alive={alive} ask={ask} />
          {state.remarks.map((remark) => <p class="tw-help">{remark}</p>)}
          {answer.title && <Compared answer={answer} alive={alive} show={show} />}
          <Changes {...{ answer, alive, ask, apply, sayMore }} text={state.text} />
          <Whole {...{ state, model, show }} tree={answer.tree} />
          <Assumptions assumptions={answer.assumptions} />
        </>
      )}
    </div>
  );
}

function NoAnswer({ why }: { why: string }): JSX.Element {
  return (
    <>
      <p class="tw-outcome tw-out-none"><span class="tw-outcome-icon" aria-hidden="true">…</span> Not asked yet</p>
      <p class="tw-because">{why}</p>
    </>
  );
}

/** What only the policy says of the caller: the answer rests on it, and nobody said so. */
function Guesses({ guesses, alive, ask }: {
  guesses: AnswerState["guesses"]; alive: boolean; ask: (name: string) => void;
}): JSX.Element | null {
  if (!guesses.length) return null;
  return (
    <p class="tw-guesses">
      This value is not known. It was filled in because the policy requires it.
      {guesses.map(({ name, label, value }) => <>{" "}
        <button type="button" class="tw-quiet" disabled={!alive} onClick={() => ask(name)}>{label}: {value}</button></>)}
    </p>
  );
}

/** The statement that the answer rests on, row by row, both values side by side. */
function Compared({ answer, alive, show }: {
  answer: AnswerState; alive: boolean; show: (path: Place) => void;
}): JSX.Element {
  const wants = answer.deny ? "The Deny is for" : "The policy requires";
  return (
    <table class={`tw-compared ${answer.deny ? "tw-denies" : ""}`}>
      <caption>
        {answer.title}
        {answer.place && <>{" "}
          <button type="button" class="tw-find-show" disabled={!alive} title="Show in the editor"
            onClick={() => show(answer.path)}>{answer.place}</button></>}
      </caption>
      <thead>
        <tr><th scope="col"><span class="tw-unseen">Verdict</span></th><th scope="col"><span class="tw-unseen">Of</span></th>
          <th scope="col">The request has</th><th scope="col">{wants}</th></tr>
      </thead>
      <tbody>{answer.rows.map((row) => <Row row={row} wants={wants} />)}</tbody>
    </table>
  );
}

function Row({ row, wants }: { row: ComparedRow; wants: string }): JSX.Element {
  return (
    <tr class={`tw-truth-${row.truth}`}>
      <td class="tw-truth"><span aria-hidden="true">{SIGNS[row.truth]}</span><span class="tw-unseen">{TRUTHS[row.truth]}</span></td>
      <th scope="row" title={row.key || undefined}>{breakable(row.label)}{row.how && <span class="tw-how">{breakable(row.how)}</span>}</th>
      <td data-of="The request has"><Side texts={row.has} note={row.hasNote} /></td>
      <td data-of={wants}>
        <Side texts={row.wants} note={row.wantsNote} />
        {row.more > 0 && <span class="tw-how">and {row.more} more</span>}
      </td>
    </tr>
  );
}

function Side({ texts, note }: { texts: DiffTextState[]; note: string }): JSX.Element {
  return (
    <>
      {note && <span class="tw-words">{note} </span>}
      {texts.map((text) => <code><Differing text={text} /></code>)}
    </>
  );
}

function Differing({ text: { before, differs, after } }: { text: DiffTextState }): JSX.Element {
  return <>{breakable(before)}{differs && <mark>{breakable(differs)}</mark>}{breakable(after)}</>;
}

interface Doings { alive: boolean; ask: (name: string) => void; apply: (id: string) => void }

function Changes({ answer: { changes, settles, sayMore: form }, text, sayMore, ...doings }: Doings & {
  answer: AnswerState; text: string; sayMore: () => void;
}): JSX.Element | null {
  if (!changes.length) return null;
  const title = settles ? "What is missing for a decision" : "What needs to change";
  const side = (where: string, title: string) => {
    const here = changes.filter((change) => change.where === where);
    return here.length > 0 && (
      <div>
        <h4>{title}</h4>
        <ul>{here.map((change) => <OneChange key={change.id} {...{ change, text, ...doings }} />)}</ul>
      </div>
    );
  };
  return (
    <div class="tw-changes" role="group" aria-label={title}>
      <h3>{title}</h3>
      <p class="tw-help">
        {settles ? `Enter the missing values ${whereToSay(changes, form)}. What is not entered stays unknown.`
          : "To allow this caller, if intended:"}
      </p>
      <div class="tw-changes-columns">
        {side("policy", "In the policy")}{side("caller", settles ? "In the request" : "In the caller")}{side("elsewhere", "Elsewhere")}
      </div>
      {form && (
        <button type="button" class="tw-main" disabled={!doings.alive} onClick={sayMore}>Enter more of this request: {form}</button>
      )}
    </div>
  );
}

function whereToSay(changes: AnswerChange[], form: string): string {
  if (form) return "in a form of this caller's";
  return changes.some(({ field }) => field) ? "in the form" : "in the form of a caller that asks for it";
}

function OneChange({ change, text, alive, ask, apply }: Doings & { change: AnswerChange; text: string }): JSX.Element {
  const { field, fix } = change;
  return (
    <li>
      {change.text}
      {field && <>{" "}
        <button type="button" class="tw-quiet" disabled={!alive} onClick={() => ask(field.name)}>Fill in "{field.label}"</button></>}
      {fix && <Diff text={text} change={fix} />}
      {fix && (
        <button type="button" class="tw-main tw-apply" disabled={!alive} onClick={() => apply(change.id)}>
          Apply<span class="tw-unseen">: {fix.title}</span>
        </button>
      )}
    </li>
  );
}

/** The tree comes from the kernel only when somebody wants to see it. */
function Whole({ state, model, show, tree }: {
  state: SimulatorState; model: Model<SimulatorMessage>; show: (path: Place) => void; tree: AnswerState["tree"];
}): JSX.Element {
  return (
    <details class="tw-fold-away" open={state.whole}
      onToggle={(event) => {
        const whole = event.currentTarget.open;
        if (whole !== (model.get("state") as SimulatorState).whole) say(model, { do: "whole", whole });
      }}>
      <summary>Show full evaluation</summary>
      {tree && <Reasons tree={tree} first={state.answer?.path ?? []} show={show} />}
    </details>
  );
}

function Assumptions({ assumptions }: { assumptions: AnswerState["assumptions"] }): JSX.Element | null {
  if (!assumptions.length) return null;
  return (
    <Fold title={`Assumptions (${assumptions.length})`}>
      <ul class="tw-assumed">
        {assumptions.map(({ text, open, source }) => (
          <li>{text} <span class="tw-help">{open} <Out href={source}>Source</Out></span></li>
        ))}
      </ul>
    </Fold>
  );
}
