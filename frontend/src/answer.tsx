// The answer to one call: the outcome, what was compared, what would have to change, and the whole reasoning.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Diff } from "./diff";
import { classOf, ICONS, SIGNS, TRUTHS } from "./outcomes";
import { Fold, Out, Stale } from "./parts";
import { Reasons } from "./reasons";
import type { AnswerState, ComparedRow, MarkedText, Place, SimulatorState } from "./state";
import { type Model, say } from "./view";

export function Answer({ state, model, alive }: {
  state: SimulatorState; model: Model; alive: boolean;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const { answer } = state;
  const show = (path: Place) => { if (alive) say(model, { do: "show", path }); };
  // The button goes with the change that it makes, and the focus must not go with it.
  const apply = (id: string) => { say(model, { do: "apply", id }); place.current?.focus(); };
  return (
    <div class={`tw-answer ${state.stale ? "tw-old" : ""}`} role="group" aria-label="Answer" tabIndex={-1} ref={place}>
      <Stale stale={state.stale} what="Answer" />
      {!answer && <NoAnswer why={state.wrong} />}
      {answer && (
        <>
          <p class={`tw-outcome ${classOf(answer.outcome)}`}>
            <span class="tw-outcome-icon" aria-hidden="true">{ICONS[answer.outcome]}</span> {answer.word}
          </p>
          <p class="tw-because">{answer.because}</p>
          {state.remarks.map((remark) => <p class="tw-help">{remark}</p>)}
          {answer.title && <Compared answer={answer} alive={alive} show={show} />}
          <Changes answer={answer} text={state.text} alive={alive} apply={apply} />
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

/** The statement that the answer rests on, row by row, both values side by side. */
function Compared({ answer, alive, show }: {
  answer: AnswerState; alive: boolean; show: (path: Place) => void;
}): JSX.Element {
  const wants = answer.deny ? "The Deny is for" : "The policy wants";
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
          <th scope="col">The call has</th><th scope="col">{wants}</th></tr>
      </thead>
      <tbody>{answer.rows.map((row) => <Row row={row} wants={wants} />)}</tbody>
    </table>
  );
}

function Row({ row, wants }: { row: ComparedRow; wants: string }): JSX.Element {
  return (
    <tr class={`tw-truth-${row.truth}`}>
      <td class="tw-truth"><span aria-hidden="true">{SIGNS[row.truth]}</span><span class="tw-unseen">{TRUTHS[row.truth]}</span></td>
      <th scope="row" title={row.key || undefined}>{breakable(row.label)}{row.how && <span class="tw-how">{row.how}</span>}</th>
      <td data-of="The call has"><Side texts={row.has} note={row.hasNote} /></td>
      <td data-of={wants}>
        <Side texts={row.wants} note={row.wantsNote} />
        {row.more > 0 && <span class="tw-how">and {row.more} more</span>}
      </td>
    </tr>
  );
}

function Side({ texts, note }: { texts: MarkedText[]; note: string }): JSX.Element {
  return (
    <>
      {note && <span class="tw-words">{note} </span>}
      {texts.map((text) => <code><Differing text={text} /></code>)}
    </>
  );
}

function Differing({ text: { before, differs, after } }: { text: MarkedText }): JSX.Element {
  return <>{breakable(before)}{differs && <mark>{breakable(differs)}</mark>}{breakable(after)}</>;
}

/** A long text breaks where one of its parts ends, rather than anywhere. */
const breakable = (text: string) => text.split(/(?<=[:\/.])|(?<=[a-z])(?=[A-Z])/).flatMap((part, index) => (index ? [<wbr />, part] : [part]));

function Changes({ answer: { changes, outcome }, text, alive, apply }: {
  answer: AnswerState; text: string; alive: boolean; apply: (id: string) => void;
}): JSX.Element | null {
  if (!changes.length) return null;
  const open = outcome === "depends";
  const title = open ? "What would settle it" : "What would have to change";
  const side = (where: string, title: string) => {
    const here = changes.filter((change) => change.where === where);
    return here.length > 0 && (
      <div>
        <h4>{title}</h4>
        <ul>{here.map((change) => <OneChange key={change.id} {...{ change, text, alive, apply }} />)}</ul>
      </div>
    );
  };
  return (
    <div class="tw-changes" role="group" aria-label={title}>
      <h3>{title}</h3>
      <p class="tw-help">
        {open ? "Nobody said so yet." : "Ways to let this caller in. Whether it should get in, you know best."}
      </p>
      <div class="tw-changes-columns">{side("policy", "In the policy")}{side("caller", "In the caller")}</div>
    </div>
  );
}

function OneChange({ change, text, alive, apply }: {
  change: AnswerState["changes"][number]; text: string; alive: boolean; apply: (id: string) => void;
}): JSX.Element {
  return (
    <li>
      {change.text}
      {change.fix && <Diff text={text} change={change.fix} />}
      {change.fix && (
        <button type="button" class="tw-main tw-apply" disabled={!alive} onClick={() => apply(change.id)}>
          Apply<span class="tw-unseen">: {change.fix.title}</span>
        </button>
      )}
    </li>
  );
}

/** The tree comes from the kernel only when somebody wants to see it. */
function Whole({ state, model, show, tree }: {
  state: SimulatorState; model: Model; show: (path: Place) => void; tree: AnswerState["tree"];
}): JSX.Element {
  return (
    <details class="tw-fold-away" open={state.whole}
      onToggle={(event) => {
        const whole = event.currentTarget.open;
        if (whole !== (model.get("state") as SimulatorState).whole) say(model, { do: "whole", whole });
      }}>
      <summary>Show the whole reasoning</summary>
      {tree && <Reasons tree={tree} first={state.answer?.path ?? []} show={show} />}
    </details>
  );
}

function Assumptions({ assumptions }: { assumptions: AnswerState["assumptions"] }): JSX.Element | null {
  if (!assumptions.length) return null;
  return (
    <Fold title={`Taken for granted (${assumptions.length})`}>
      <ul class="tw-assumed">
        {assumptions.map(({ text, open, source }) => (
          <li>{text} <span class="tw-help">{open} <Out href={source}>Source</Out></span></li>
        ))}
      </ul>
    </Fold>
  );
}
