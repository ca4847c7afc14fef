// A part of what a person sees: its frame, its newest state, and what it says when the kernel is gone or has failed.
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import type { Common, FaultState, Seen } from "../state";
import { Seeing } from "./seen";
import type { Model, Shown } from "./view";

const LOST = "The kernel was restarted: run the cell again. The last policy can still be copied.";

/** Keys that were used here, and plain typing, go no further up the page: JupyterLab has shortcuts for both. */
function keepKeys(event: KeyboardEvent): void {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Tab";
  if (plain || event.defaultPrevented) event.stopPropagation();
}

/** The element that a view is drawn in. */
export function Frame({ name, alive, root, children }: {
  name: string; alive: boolean; root?: RefObject<HTMLDivElement | null>; children: ComponentChildren;
}): JSX.Element {
  // It can have the focus: after a click beside a control JupyterLab would take the next key for a command.
  return (
    <div class={`tw-view tw-${name} ${alive ? "" : "tw-alone"}`} data-lm-suppress-shortcuts="true" tabIndex={-1}
      onKeyDown={keepKeys} ref={root}>
      {children}
    </div>
  );
}

/** The kernel is gone. */
export function Lost({ alive }: { alive: boolean }): JSX.Element | null {
  return alive ? null : <p class="tw-lost" role="alert">{LOST}</p>;
}

/** The kernel failed at what was last asked of it. */
function Fault({ fault }: { fault: FaultState | null | undefined }): JSX.Element | null {
  if (!fault) return null;
  return (
    <div class="tw-fault" role="alert">
      {fault.title}
      <details><summary>Details</summary><pre tabIndex={0}>{fault.detail}</pre></details>
    </div>
  );
}

/** A part of what a person sees: alone in a widget, or one of many in a builder. */
export interface Part { name: string; Shows: (shown: { model: Model; alive: boolean; alone?: boolean }) => JSX.Element }

/**
 * A part, from a component that draws the newest state. When the kernel failed at the very first drawing, there is a
 * fault and nothing else: `needs` names what must be there before there is anything to draw. A `lazy` part is drawn
 * by the kernel only while it can be seen.
 */
export function part<State extends Common, Message = never, Typed = never>(
  name: string, View: (shown: Shown<State, Message, Typed>) => JSX.Element, needs: keyof State & string,
  { lazy = false } = {},
): Part {
  function Shows({ model, alive, alone }: { model: Model; alive: boolean; alone?: boolean }): JSX.Element {
    const root = useRef<HTMLDivElement>(null);
    const state = useNewest<State>(model);
    return (
      <Frame name={name} alive={alive} root={root}>
        {lazy && <Seeing {...{ model, alive, root }} seen={(state as Partial<Seen>).seen} />}
        {alone && <Lost alive={alive} />}
        <Fault fault={state.fault} />
        {state[needs] !== undefined && <View state={state as State} model={model as Model<Message, Typed>} alive={alive} />}
      </Frame>
    );
  }
  return { name, Shows };
}

/** The kernel's newest state. */
function useNewest<State extends Common>(model: Model): Partial<State> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const now = model.get("state");
  useLayoutEffect(() => {
    const changed = () => redraw(undefined);
    model.on("change:state", changed);
    if (model.get("state") !== now) changed();   // it came between
    return () => model.off("change:state", changed);
  }, [model]);
  return (now ?? {}) as Partial<State>;
}

const SHARED = new Set(["python", "text"]);   // traits that the widget has, alone or not

/** The traits and messages of one part, under the names that it has when it is alone in a widget. */
export function partOf(model: Model, name: string): Model {
  const trait = (own: string) => `${name}_${own}`;
  const event = (own: string) => own.replace("change:", `change:${name}_`);
  return {
    get: (own) => model.get(SHARED.has(own) ? own : trait(own)),
    set: (own, value) => model.set(trait(own), value),
    save_changes: () => model.save_changes(),
    send: (content: { typed: unknown }) => (model as Model<{ part: string }>).send({ ...content, part: name }),
    on: (own, callback) => model.on(event(own), callback),
    off: (own, callback) => model.off(event(own), callback),
  };
}
