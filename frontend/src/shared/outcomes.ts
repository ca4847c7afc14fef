// Outcomes and truths as signs and words: never by colour alone.
import type { OutcomeName, Truth } from "../state";

export const ICONS: Record<OutcomeName, string> = {
  allowed: "✓", "not allowed": "✗", denied: "⊘", depends: "?", invalid: "!",
};
export const SIGNS: Record<Truth, string> = { yes: "✓", no: "✗", unknown: "?" };
export const TRUTHS: Record<Truth, string> = { yes: "matches", no: "differs", unknown: "not known" };

/** The class that colours an outcome; `""` is no outcome at all. */
export const classOf = (outcome: OutcomeName | ""): string => `tw-out-${outcome.replace(" ", "-") || "none"}`;
