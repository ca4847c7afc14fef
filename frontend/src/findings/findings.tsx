// FindingsView: what the checker says, worst first; a fix is shown as a diff before it is applied.
import type { JSX, RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { Accept, Accepted } from "./accept";
import { Fix, type FixDoings } from "./fix";
import { wholeFindings } from "../shared/blank";
import { counted as countedText } from "../shared/diff";
import { Commands, Fold, Out, Told, useNewId, Words } from "../shared/parts";
import { turnTo } from "../shared/seen";
import type { FindingsMessage, FindingsState, FindingState, VerdictName } from "../state";
import { part } from "../shared/part";
import { type Model, say, type Shown } from "../shared/view";

const VERDICTS: VerdictName[] = ["refused", "dead", "open", "advice"];   // worst first: a saved notebook keeps no order
const CALLERS = 5;     // shown at once; more are folded away
const FINDINGS = 8;

function Findings({ state, model, alive }: Shown<FindingsState, FindingsMessage>): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const findings = wholeFindings(state.findings);
  const counted = findings.filter(({ accepted }) => !accepted);
  const accepted = findings.filter(({ accepted }) => accepted);
  const [open, turn] = useOpen(counted);
  const [whole, showAll] = useState(false);
  const many = counted.length > FINDINGS + 1;
  const text = countedText(String(model.get("text")));
  const card = (finding: FindingState) => (
    <Card key={`${finding.id} ${finding.from} ${finding.message}`} finding={finding} state={state} text={text} alive={alive}
      open={finding.id === open} turn={() => turn(finding.id)} doings={doingsFor(finding.id, model, list)} />
  );
  return (
    <div class="tw-find" role="group" aria-label="Findings" tabIndex={-1} ref={list}>
      <Counts counts={state.counts} />
      {counted.length === 0 && <None words={state.none} accepted={accepted} />}
      {(many && !whole ? counted.slice(0, FINDINGS) : counted).map(card)}
      {many && (
        <button type="button" class="tw-quiet" aria-expanded={whole} onClick={() => showAll(!whole)}>
          {whole ? `Show the first ${FINDINGS}` : `Show all ${counted.length}`}
        </button>
      )}
      {accepted.length > 0 && <Fold title={`${accepted.length} accepted`}>{accepted.map(card)}</Fold>}
      <Told words={state.said} />
    </div>
  );
}

/** One finding is open at a time: the worst, until the reader opens another or closes it. */
function useOpen(findings: FindingState[]): [string, (id: string) => void] {
  const [chosen, choose] = useState<string | null>(null);
  const gone = chosen !== null && chosen !== "" && !findings.some(({ id }) => id === chosen);
  const open = chosen === null || gone ? findings[0]?.id ?? "" : chosen;
  return [open, (id) => choose(id === open ? "" : id)];
}

function None({ words, accepted }: { words: string; accepted: FindingState[] }): JSX.Element {
  const risks = accepted.filter(({ severity }) => severity === "critical").length;
  if (!words.startsWith("No findings")) return <p class="tw-help">{words}</p>;
  if (risks) return <p class="tw-none tw-risk">⚠ {risks === 1 ? "1 critical risk is accepted." : `${risks} critical risks are accepted.`} No other pitfalls found.</p>;
  return <p class="tw-none">✓ {accepted.length ? "No open findings (all are accepted)." : words}</p>;
}

interface Doings extends FixDoings { show(): void; accept(reason: string, until: string): void; takeBack(): void }

/** What can be done with a finding. Most of it takes the card away, and the focus must not go with it. */
function doingsFor(id: string, model: Model<FindingsMessage>, list: RefObject<HTMLElement | null>): Doings {
  const away = (message: FindingsMessage) => { say(model, message); list.current?.focus(); };
  return {
    fix: (which) => away({ do: "fix", id, which }),
    fixAll: () => away({ do: "fix_all", id }),
    weigh: (which) => say(model, { do: "weigh", id, which }),
    tryOut: (name, which) => { say(model, { do: "try", name, which }); turnTo(list.current, "simulator"); },
    show: () => say(model, { do: "show", id }),
    accept: (reason, until) => away({ do: "accept", id, reason, until }),
    takeBack: () => away({ do: "take_back", id }),
  };
}

function counted(verdict: VerdictName, count: number): string {
  const words = { refused: "rejected by IAM", dead: "never matching", open: "too permissive", advice: "notes" };
  return verdict === "advice" && count === 1 ? "1 note" : `${count} ${words[verdict]}`;
}

function Counts({ counts }: { counts: FindingsState["counts"] }): JSX.Element {
  return (
    <div class="tw-counts">
      {VERDICTS.filter((verdict) => counts[verdict]).map((verdict) => (
        <span class={`tw-is-${verdict}`}>{counted(verdict, counts[verdict])}</span>
      ))}
    </div>
  );
}

function Card({ finding, state, text, alive, open, turn, doings }: {
  finding: FindingState; state: FindingsState; text: string; alive: boolean; open: boolean; turn: () => void; doings: Doings;
}): JSX.Element {
  const whole = open || Boolean(finding.accepted);
  const id = useNewId();
  const clicked = () => { if (!String(getSelection())) turn(); };
  return (
    <div class={`tw-card tw-is-${finding.verdict} ${finding.accepted ? "tw-settled" : ""} ${whole ? "tw-opened" : ""}`}>
      <div class="tw-message">
        <button type="button" class="tw-find-turn" aria-expanded={whole} aria-controls={id} aria-label={`${finding.label}, ${finding.place}`}
          disabled={Boolean(finding.accepted)} onClick={turn}><span aria-hidden="true">{whole ? "▾" : "▸"}</span></button>
        <p onClick={finding.accepted ? undefined : clicked}>
          <span class="tw-kind">{finding.label}</span>
          <Message finding={finding} />
        </p>
        <button type="button" class="tw-find-show" disabled={!alive} title="Show in the editor" onClick={doings.show}>{finding.place}{finding.alike > 1 && finding.verdict === "refused" && ` (${finding.alike}×)`}</button>
      </div>
      <div id={id}>{whole && <Whole {...{ finding, state, text, alive, doings }} />}</div>
    </div>
  );
}

/** Whom the finding is about, and what can be done. */
function Whole({ finding, state, text, alive, doings }: {
  finding: FindingState; state: FindingsState; text: string; alive: boolean; doings: Doings;
}): JSX.Element {
  return (
    <>
      <Commands text={finding.message} />
      <Callers callers={finding.callers} />
      {finding.accepted && <Accepted reason={finding.accepted} alive={alive} takeBack={doings.takeBack} />}
      <div class="tw-acts">
        {[finding.fix, ...finding.others].map((change, which) => change &&
          <Fix key={change.title} {...{ finding, state, text, alive, doings, change, which }} />)}
        {finding.acceptable && !finding.accepted && <Accept finding={finding} alive={alive} accept={doings.accept} />}
        <Fine finding={finding} />
      </div>
      <HeldBack count={finding.heldBack} />
    </>
  );
}

/** What is missing in a statement is said when its other mistakes are fixed. */
function HeldBack({ count }: { count: number }): JSX.Element | null {
  if (!count) return null;
  return <p class="tw-help tw-held-back">{count === 1 ? "1 more finding" : `${count} more findings`} in this statement may follow after this one.</p>;
}

/** The first sentence says what is wrong, and is heavy; the rest says what to do. */
function Message({ finding: { message, verdict } }: { finding: FindingState }): JSX.Element {
  const [, first, rest] = /^(.*?[.?!])(\s+[A-Z"“].*)$/s.exec(message) ?? ["", message, ""];
  const head = <Words text={first} />;
  return <span>{verdict === "advice" ? head : <b class="tw-heavy">{head}</b>}<Words text={rest} /></span>;
}

function Callers({ callers }: { callers: FindingState["callers"] }): JSX.Element | null {
  if (!callers.length) return null;
  const [first, rest] = [callers.slice(0, CALLERS), callers.slice(CALLERS)];
  return (
    <div class="tw-callers">
      <span class="tw-help">Callers that this allows:</span>
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
      <summary class="tw-find-more">{fine && !fine.startsWith("Never") ? "When is this OK?" : "Learn more"}</summary>
      {fine && <p><Words text={fine} /></p>}
      {assumptions.length > 0 && <p>Assumptions: {assumptions.join("; ")}</p>}
      <p>
        {page && <><Out href={page}>More about {code}</Out> </>}
        {source && <Out href={source}>Source</Out>}
      </p>
    </details>
  );
}

export const findingsPart = part<FindingsState, FindingsMessage>("findings", Findings, "findings");
