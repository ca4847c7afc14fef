// FindingsView: what the checker says, worst first; a fix is shown as a diff before it is applied.
import type { JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { Accept, Accepted } from "./accept";
import { Fix, type FixDoings } from "./fix";
import { Fold, Out, Told } from "../shared/parts";
import { turnTo } from "../shared/seen";
import type { FindingsMessage, FindingsState, FindingState, VerdictName } from "../state";
import { part } from "../shared/part";
import { type Model, say, type Shown } from "../shared/view";

const VERDICTS: VerdictName[] = ["refused", "dead", "open", "advice"];   // worst first: a saved notebook keeps no order
const CALLERS = 5;   // shown at once; more are folded away

function Findings({ state, model, alive }: Shown<FindingsState, FindingsMessage>): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const counted = state.findings.filter(({ accepted }) => !accepted);
  const accepted = state.findings.filter(({ accepted }) => accepted);
  const card = (finding: FindingState) => (
    <Card key={`${finding.id} ${finding.from} ${finding.message}`} finding={finding} state={state} alive={alive}
      doings={doingsFor(finding.id, model, list)} />
  );
  return (
    <div class="tw-find" role="group" aria-label="Findings" tabIndex={-1} ref={list}>
      <Counts counts={state.counts} />
      {counted.length === 0 && <None words={state.none} accepted={accepted.length > 0} />}
      {counted.map(card)}
      {accepted.length > 0 && <Fold title={`${accepted.length} accepted`}>{accepted.map(card)}</Fold>}
      <Told words={state.said} />
    </div>
  );
}

function None({ words, accepted }: { words: string; accepted: boolean }): JSX.Element {
  if (!words.startsWith("No pitfalls")) return <p class="tw-help">{words}</p>;
  return <p class="tw-none">✓ {accepted ? "No pitfalls found but those accepted." : words}</p>;
}

interface Doings extends FixDoings { show(): void; accept(reason: string, until: string): void; takeBack(): void }

/** What can be done with a finding. Most of it takes the card away, and the focus must not go with it. */
function doingsFor(id: string, model: Model<FindingsMessage>, list: RefObject<HTMLElement | null>): Doings {
  const away = (message: FindingsMessage) => { say(model, message); list.current?.focus(); };
  return {
    fix: () => away({ do: "fix", id }),
    fixAll: () => away({ do: "fix_all", id }),
    weigh: () => say(model, { do: "weigh", id }),
    tryOut: (name, which) => { say(model, { do: "try", name, which }); turnTo(list.current, "simulator"); },
    show: () => say(model, { do: "show", id }),
    accept: (reason, until) => away({ do: "accept", id, reason, until }),
    takeBack: () => away({ do: "take_back", id }),
  };
}

function Counts({ counts }: { counts: FindingsState["counts"] }): JSX.Element {
  return (
    <div class="tw-counts">
      {VERDICTS.map((verdict) => (
        <span class={counts[verdict] ? `tw-is-${verdict}` : ""}>{counts[verdict]} {verdict}</span>
      ))}
    </div>
  );
}

function Card({ finding, state, alive, doings }: {
  finding: FindingState; state: FindingsState; alive: boolean; doings: Doings;
}): JSX.Element {
  // The whole line can be clicked; for the keyboard the place in it is a button, whose click rises to the line.
  const clicked = () => { if (alive && !String(getSelection())) doings.show(); };
  return (
    <div class={`tw-card tw-is-${finding.verdict} ${finding.accepted ? "tw-settled" : ""}`}>
      <p class="tw-message" onClick={clicked}>
        <span class="tw-kind">{finding.label}</span>
        <Message finding={finding} />{" "}
        <button type="button" class="tw-find-show" disabled={!alive} title="Show in the editor">{finding.place}</button>
      </p>
      <Callers callers={finding.callers} />
      {finding.accepted && <Accepted reason={finding.accepted} alive={alive} takeBack={doings.takeBack} />}
      <div class="tw-acts">
        {finding.fix && <Fix {...{ finding, state, alive, doings }} change={finding.fix} />}
        {finding.acceptable && !finding.accepted && <Accept finding={finding} alive={alive} accept={doings.accept} />}
        <Fine finding={finding} />
      </div>
    </div>
  );
}

/** The first sentence says what is wrong, and is heavy; the rest says what to do. */
function Message({ finding: { message, verdict } }: { finding: FindingState }): JSX.Element {
  const [, first, rest] = /^(.*?[.?!])(\s+[A-Z"“].*)$/s.exec(message) ?? ["", message, ""];
  return <span>{verdict === "advice" ? first : <b class="tw-heavy">{first}</b>}{rest}</span>;
}

function Callers({ callers }: { callers: FindingState["callers"] }): JSX.Element | null {
  if (!callers.length) return null;
  const [first, rest] = [callers.slice(0, CALLERS), callers.slice(CALLERS)];
  return (
    <div class="tw-callers">
      <span class="tw-help">Gets in:</span>
      <List callers={first} />
      {rest.length > 0 && <details><summary class="tw-find-more">{rest.length} more</summary><List callers={rest} /></details>}
    </div>
  );
}

function List({ callers }: { callers: FindingState["callers"] }): JSX.Element {
  return (
    <ul>
      {callers.map(({ text, hostile }) => <li><code>{text}</code> {hostile && <span class="tw-hostile">{hostile}</span>}</li>)}
    </ul>
  );
}

/** What the reader may want to know before believing the finding. */
function Fine({ finding: { fine, assumptions, source, page, code } }: { finding: FindingState }): JSX.Element | null {
  if (!fine && !assumptions.length && !source) return null;
  return (
    <details class="tw-find-fine">
      <summary class="tw-find-more">{fine ? "When is this fine?" : "More about this"}</summary>
      {fine && <p>{fine}</p>}
      {assumptions.length > 0 && <p>Taken for granted: {assumptions.join("; ")}</p>}
      <p>
        {page && <><Out href={page}>More about {code}</Out> </>}
        {source && <Out href={source}>Source</Out>}
      </p>
    </details>
  );
}

export const findingsPart = part<FindingsState, FindingsMessage>("findings", Findings, "findings");
