// What every view shares: how it hears the kernel and answers it, its frame, and what it says when the kernel
// is gone or has failed.
import type { JSX } from "preact";
import { render as show } from "preact";
import type { Common, FaultState } from "../state";

/** The widget's model, as anywidget hands it to a view. */
export interface Model<Message = never, Typed = never> {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: Message & { typed: unknown }): void;
  typing?(typed: Typed): void;   // never there: it says what `typed` holds
  on(name: string, callback: () => void): void;
  off(name: string, callback: () => void): void;
  widget_manager?: Manager;
}
export interface ChildView { el: HTMLElement; remove(): void }
interface Signal { connect(hear: Hear): void; disconnect(hear: Hear): void }
type Hear = (sender: unknown, status: string) => void;
interface Manager {
  get_model(id: string): Promise<unknown>;
  create_view(model: unknown): Promise<ChildView>;
  kernel?: { statusChanged?: Signal; disposed?: Signal } | null;
}
export interface Shown<State, Message = never, Typed = never> { state: State; model: Model<Message, Typed>; alive: boolean }
export type End = () => void;

const GONE = new Set(["restarting", "autorestarting", "dead", "terminating"]);
const CUT = ["comm_live_update", "comm:close"];   // the widget's own events
const LOST = "The kernel was restarted: run the cell again. The last policy can still be copied.";

/** Call with the state now and whenever the kernel changes it. */
export function watch(model: Model, draw: (state: Common) => void): End {
  const changed = () => draw(model.get("state") as Common);
  model.on("change:state", changed);
  changed();
  return () => model.off("change:state", changed);
}

/** The number of the newest message of typing that this browser sent, or another page before it. */
export const revisionSent = (model: Model): number =>
  (model.get("typed") as { revision?: number } | undefined)?.revision ?? 0;

/** Send what was typed. Its number goes on from the kernel's, so that a second view of a widget counts on. */
export function type<Typed extends object>(model: Model<never, Typed>, typed: NoInfer<Typed>): void {
  const taken = (model.get("state") as Common | undefined)?.revision ?? 0;
  model.set("typed", { ...typed, revision: Math.max(taken, revisionSent(model)) + 1 });
  model.save_changes();
}

/** Send a click, with the newest typing along so that the click can't overtake it. */
export function say<Message extends { do: string }>(model: Model<Message>, message: NoInfer<Message>): void {
  model.send({ ...message, typed: model.get("typed") ?? {} });
}

/** Call when the kernel is lost, and when it is heard again after all. `el` is the element that Jupyter gave. */
export function watchLife(model: Model, el: HTMLElement, tell: (alive: boolean) => void): End {
  let alive = true;
  const turn = (to: boolean) => { if (to !== alive) tell((alive = to)); };
  // The widget manager cuts every comm when its kernel restarts; nothing revives a cut one.
  const lost = () => turn(false);
  const heard = () => turn(true);
  const hear: Hear = (_, status) => { if (GONE.has(status)) lost(); };
  const kernel = model.widget_manager?.kernel;
  for (const name of CUT) model.on(name, lost);
  model.on("change:state", heard);
  kernel?.statusChanged?.connect(hear);
  kernel?.disposed?.connect(lost);
  // Drawn from a notebook's saved state: Jupyter marks the element of a widget that no kernel knows.
  if (el.classList.contains("jupyter-widgets-disconnected")) lost();
  return () => {
    for (const name of CUT) model.off(name, lost);
    model.off("change:state", heard);
    kernel?.statusChanged?.disconnect(hear);
    kernel?.disposed?.disconnect(lost);
  };
}

/** Keys that were used here, and plain typing, go no further up the page: JupyterLab has shortcuts for both. */
function keepKeys(event: KeyboardEvent): void {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Tab";
  if (plain || event.defaultPrevented) event.stopPropagation();
}

/** The element that a view draws itself into. */
export function rootOf(name: string, el: HTMLElement): HTMLElement {
  const root = document.createElement("div");
  root.className = `tw-view tw-${name}`;
  root.dataset.lmSuppressShortcuts = "true";
  root.tabIndex = -1;   // a click beside a control stays here too: JupyterLab would take the next key for a command
  root.addEventListener("keydown", keepKeys);
  el.append(root);
  return root;
}

/** What must be known before anything else: the kernel is gone, or failed at what was last asked of it. */
export function Notices({ alive, fault }: { alive: boolean; fault: FaultState | null }): JSX.Element | null {
  if (!alive) return <p class="tw-lost" role="alert">{LOST}</p>;
  if (!fault) return null;
  return (
    <div class="tw-fault" role="alert">
      {fault.title}
      <details><summary>Details</summary><pre tabIndex={0}>{fault.detail}</pre></details>
    </div>
  );
}

/**
 * A view as anywidget takes it, from a component that draws the newest state. When the kernel failed at the very
 * first drawing, there is a fault and nothing else: `needs` names what must be there before there is anything to draw.
 */
export function frame<State extends Common, Message = never, Typed = never>(
  name: string, View: (shown: Shown<State, Message, Typed>) => JSX.Element, needs: keyof State = "revision",
) {
  return {
    render({ model, el }: { model: Model<Message, Typed>; el: HTMLElement }): End {
      const root = rootOf(name, el);
      let alive = true;
      const draw = () => {
        const state = model.get("state") as State;
        root.classList.toggle("tw-alone", !alive);
        const view = state[needs] !== undefined && <View state={state} model={model} alive={alive} />;
        show(<><Notices alive={alive} fault={state.fault ?? null} />{view}</>, root);
      };
      const ends = [watchLife(model, el, (lives) => { alive = lives; draw(); }), watch(model, draw)];
      return () => {
        for (const end of ends) end();
        show(null, root);
        root.remove();
      };
    },
  };
}

/** Put a text on the clipboard; false when the browser forbids it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);   // no clipboard on pages that are not served securely
  }
}

function copyBySelection(text: string): boolean {
  const [area, before] = [document.createElement("textarea"), document.activeElement];
  area.value = text;
  area.className = "tw-unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

/** Save a text as a file of the reader's. */
export function download(filename: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
