// The verdicts of findings, worst first, and a finding's label; `trust_widgets/findings/label.py` has the kernel's.
import type { Verdict } from "../state";

export const VERDICTS: Verdict[] = ["refused", "dead", "open", "advice"];
export const WORDS: Record<Verdict, string> = { refused: "Refused", dead: "Dead", open: "Open", advice: "Advice" };

/** The verdict, with the severity of what is open. */
export const labelOf = ({ verdict, severity }: { verdict: Verdict; severity: string }): string =>
  WORDS[verdict] + (verdict === "open" ? ` · ${severity}` : "");
