// What the kernel leaves out of a builder's state: `trust_widgets/views/sent.py`.
import type { FieldState, FindingState, GuardOffer, WhoCard } from "../state";

const FIELD: Omit<FieldState, "name" | "kind" | "value"> = {
  label: "", help: "", example: "", complaint: "", optional: false, more: false, options: [], suggestions: "", half: false,
  role: false, long: false, generates: false, candidates: [], withheld: false,
};
const FINDING: Omit<FindingState, "id" | "verdict"> = {
  label: "", message: "", line: 0, from: 0, to: 0, fix: null, others: [], code: "", name: "", severity: "", place: "", callers: [], fine: "",
  source: "", page: "", assumptions: [], accepted: "", acceptable: false, value: "", heldBack: 0, alike: 0, complaints: {},
};

const CARD: Pick<WhoCard, "whole" | "why" | "accounts" | "call" | "noCall" | "place"> = { whole: "", why: "", accounts: [], call: null, noCall: "", place: "" };

export const wholeCard = (card: WhoCard): WhoCard => ({ ...CARD, ...card });

/** An offer of a claim is named for its key. */
export function wholeOffer(offer: GuardOffer): GuardOffer {
  const claim = offer.key.slice(offer.key.lastIndexOf(":") + 1);
  const blank: GuardOffer = { name: `key ${offer.key}`, label: claim, key: "", reason: "", recommended: false };
  return { ...blank, ...offer };
}

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
