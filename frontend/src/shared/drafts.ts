// What the reader is typing, kept until the kernel has taken it in, so that nothing older is drawn over it.
import type { RefObject } from "preact";
import { useEffect, useReducer, useRef } from "preact/hooks";
import type { Common, FieldValue } from "../state";
import { type Model, revisionSent } from "./view";

export type Value = FieldValue;

export class Drafts {
  private values = new Map<string, Value>();   // typed, and not yet taken in by the kernel
  private last = new Map<string, Value>();     // what each control shows
  private focused = "";
  private pasted = "";   // the control whose text was pasted: the kernel may take it apart
  private scope = "";
  send: () => void = () => {};

  constructor(readonly redraw: () => void) {}

  /**
   * What a control shows, where the kernel says `value`. The control in focus never changes by itself, and neither does
   * one whose text the kernel has `withheld`: here is the only copy of it.
   */
  shown<T extends Value>(name: string, value: T, withheld = false): T {
    const stays = withheld || (name === this.focused && name !== this.pasted) || this.hasMoreLines(name, value);
    const held = this.values.get(name) ?? (stays ? this.last.get(name) : undefined) ?? value;
    this.last.set(name, held);
    return held as T;
  }

  /** Whether a list is shown with empty lines besides what the kernel has: they stay, so that nothing moves on a click. */
  private hasMoreLines(name: string, value: Value): boolean {
    const last = this.last.get(name);
    return Array.isArray(last) && Array.isArray(value) && last.length > value.length && cleaned(last).join("\n") === value.join("\n");
  }

  /** The control that the newest text was pasted into, if it was. */
  get pastedInto(): string {
    return this.pasted;
  }

  /** Let the kernel change a control, also while it has the focus. */
  release(name: string): void {
    this.pasted = name;
  }

  set(name: string, value: Value, pasted = false): void {
    this.pasted = pasted ? name : "";
    this.values.set(name, value);
    this.last.set(name, value);
    this.send();
    this.redraw();
  }

  /** The names and values to send, empty lines left out. */
  typed(names: string[]): Record<string, Value> {
    return Object.fromEntries(names.flatMap((name) => {
      const value = this.values.get(name);
      return value === undefined ? [] : [[name, cleaned(value)]];
    }));
  }

  /** Before drawing: forget what was taken in, and everything when another thing is asked about. */
  settle(taken: boolean, focused: string, scope: string): void {
    if (taken || scope !== this.scope) this.values.clear();
    if (scope !== this.scope) this.last.clear();
    this.focused = focused;
    this.scope = scope;
  }
}

export const cleaned = <T extends Value>(value: T): T =>
  (Array.isArray(value) ? value.filter((line) => line.trim()) : value) as T;

/** The drafts of a view whose controls stand in elements marked `data-draft`; `scope`: what they ask about. */
export function useDrafts(
  model: Model, state: Common, scope: string, root: RefObject<HTMLElement | null>, send: (drafts: Drafts) => void,
): Drafts {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const kept = useRef<Drafts | null>(null);
  const drafts = (kept.current ??= new Drafts(() => redraw(undefined)));
  drafts.send = () => send(drafts);
  drafts.settle(state.revision >= revisionSent(model), focusedIn(root.current), scope);
  useEffect(() => {
    const element = root.current;
    // Only after the focus has arrived elsewhere: it may have gone to another line of the same list.
    const left = () => void setTimeout(drafts.redraw);
    element?.addEventListener("focusout", left);
    return () => element?.removeEventListener("focusout", left);
  }, []);
  return drafts;
}

function focusedIn(root: HTMLElement | null): string {
  const active = (root?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement;
  const control = active && root?.contains(active) ? active.closest<HTMLElement>("[data-draft]") : null;
  return control?.dataset.draft ?? "";
}
