// One replacement in a text, shown as the lines it takes away and the lines it puts in.
import type { JSX } from "preact";
import type { TextChange } from "../state";

export interface Row { sign: " " | "-" | "+" | "…"; line: number; text: string }

const MOST = 400;   // lines on a side that are compared; more are shown as all taken away and all put in
const AROUND = 1;   // unchanged lines shown before and after a change

/** Text as the kernel and CodeMirror count it: every line break is one character. */
export const counted = (text: string) => text.replace(/\r\n?/g, "\n");

/** The lines that a change touches, with the unchanged ones between and around them. */
function rowsFromChange(text: string, change: TextChange): Row[] {
  const first = text.lastIndexOf("\n", change.from - 1) + 1;
  const last = text.indexOf("\n", change.to) < 0 ? text.length : text.indexOf("\n", change.to);
  const before = text.slice(first, last).split("\n");
  const after = (text.slice(first, change.from) + change.insert + text.slice(change.to, last)).split("\n");
  const line = text.slice(0, first).split("\n").length;
  return shortened(compared(before, after, line));
}

/** Two lists of lines against each other by their longest common lines. */
function compared(before: string[], after: string[], line: number): Row[] {
  const common = commonLines(before, after);
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const same = before[i] === after[j] && i < before.length && j < after.length;
    if (same) rows.push({ sign: " ", line: line + i++, text: after[j++] });
    else if (i < before.length && (j === after.length || common[i + 1][j] >= common[i][j + 1]))
      rows.push({ sign: "-", line: line + i, text: before[i++] });
    else rows.push({ sign: "+", line: line + i, text: after[j++] });
  }
  return rows;
}

/** How many lines are common to what follows from `i` on and from `j` on. */
function commonLines(before: string[], after: string[]): number[][] {
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  if (before.length > MOST || after.length > MOST) return common;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i][j] = before[i] === after[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  return common;
}

/** Unchanged lines far from any change become one "…". */
function shortened(rows: Row[]): Row[] {
  const near = rows.map((_, i) => rows.slice(Math.max(0, i - AROUND), i + AROUND + 1).some((row) => row.sign !== " "));
  return rows.flatMap((row, i) => (near[i] ? [row] : near[i - 1] ? [{ ...row, sign: "…" as const, text: "" }] : []));
}

const indent = (text: string) => text.length - text.trimStart().length;

const NAMES = { " ": "", "-": "removed: ", "+": "added: ", "…": "" };

/** The change as a small diff: signs and words as well as colours say which lines go and which come. */
export function Diff({ text, change }: { text: string; change: TextChange }): JSX.Element {
  const rows = rowsFromChange(text, change);
  const least = Math.min(...rows.filter((row) => row.text.trim()).map((row) => indent(row.text)), 80);
  return (
    <div class="tw-diff" role="group" tabIndex={0} aria-label={`Change: ${change.title}`}>
      {rows.map((row) => (
        <div class={`tw-diff-row ${{ "-": "tw-diff-out", "+": "tw-diff-in" }[row.sign as string] ?? ""}`}>
          <span class="tw-diff-sign" aria-hidden="true">{row.sign === "-" ? "−" : row.sign}</span>
          {NAMES[row.sign] && <span class="tw-unseen">{NAMES[row.sign]}</span>}
          <span class="tw-diff-text"><Marked rows={rows} row={row} least={least} /></span>
        </div>
      ))}
    </div>
  );
}

/** A line; where one line stands for another, what differs between the two is marked. */
function Marked({ rows, row, least }: { rows: Row[]; row: Row; least: number }): JSX.Element {
  const text = row.text.slice(least);
  const other = partner(rows, row)?.text.slice(least);
  if (other === undefined) return <>{text}</>;
  const [from, back] = ends(text, other);
  const Mark = row.sign === "-" ? "del" : "ins";
  return <>{text.slice(0, from)}{from < text.length - back && <Mark>{text.slice(from, text.length - back)}</Mark>}{text.slice(text.length - back)}</>;
}

/** The line that stands where a lone changed line stood. */
function partner(rows: Row[], row: Row): Row | undefined {
  const i = rows.indexOf(row);
  const pair = row.sign === "-" ? [i, i + 1] : [i - 1, i];
  const alone = rows[pair[0] - 1]?.sign !== "-" && rows[pair[1] + 1]?.sign !== "+";
  const [out, put] = [rows[pair[0]], rows[pair[1]]];
  return alone && out?.sign === "-" && put?.sign === "+" ? (row === out ? put : out) : undefined;
}

/** How many characters two texts have in common at their start and, beyond that, at their end. */
export function ends(one: string, other: string): [number, number] {
  const most = Math.min(one.length, other.length);
  let from = 0;
  while (from < most && one[from] === other[from]) from++;
  let back = 0;
  while (back < most - from && one.at(-1 - back) === other.at(-1 - back)) back++;
  return [from, back];
}
