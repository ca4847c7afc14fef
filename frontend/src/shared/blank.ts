// What the kernel leaves out of a builder's state: `trust_widgets/views/sent.py`.
import type { FieldState, FindingState } from "../state";

const FIELD: Omit<FieldState, "name" | "kind" | "value"> = {
  label: "", help: "", example: "", complaint: "", optional: false, more: false, options: [], suggestions: "", half: false,
  role: false, long: false, generates: false, candidates: [], withheld: false,
};
const FINDING: Omit<FindingState, "id" | "verdict"> = {
  label: "", message: "", line: 0, from: 0, to: 0, fix: null, others: [], code: "", name: "", severity: "", place: "", callers: [], fine: "",
  source: "", page: "", assumptions: [], accepted: "", acceptable: false, value: "", alike: 0, complaints: {},
};

export const wholeField = (field: FieldState): FieldState => ({ ...FIELD, ...field });

/** Findings with all that they have, also from the first of their code. */
export function wholeFindings(findings: FindingState[]): FindingState[] {
  const firsts = new Map<string, FindingState>();
  return findings.map((finding) => {
    const whole = { ...FINDING, ...firsts.get(finding.code), ...finding };
    if (!firsts.has(finding.code)) firsts.set(finding.code, whole);
    return whole;
  });
}
