// What every part shares: how it hears the kernel and answers it.
import type { Common } from "../state";

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
interface Signal { connect(hear: Hear): void; disconnect(hear: Hear): void }
type Hear = (sender: unknown, status: string) => void;
interface Manager {
  kernel?: { statusChanged?: Signal; disposed?: Signal } | null;
}
export interface Shown<State, Message = never, Typed = never> { state: State; model: Model<Message, Typed>; alive: boolean }
export type End = () => void;

const GONE = new Set(["restarting", "autorestarting", "dead", "terminating"]);
const CUT = ["comm_live_update", "comm:close"];   // the widget's own events

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

/** Call when the kernel is lost, and when one of its `states` comes after all. `el`: what Jupyter gave. */
export function watchLife(model: Model, el: HTMLElement, states: string[], tell: (alive: boolean) => void): End {
  let alive = true;
  const turn = (to: boolean) => { if (to !== alive) tell((alive = to)); };
  // The widget manager cuts every comm when its kernel restarts; nothing revives a cut one.
  const lost = () => turn(false);
  const heard = () => turn(true);
  const hear: Hear = (_, status) => { if (GONE.has(status)) lost(); };
  const kernel = model.widget_manager?.kernel;
  for (const name of CUT) model.on(name, lost);
  for (const name of states) model.on(`change:${name}`, heard);
  kernel?.statusChanged?.connect(hear);
  kernel?.disposed?.connect(lost);
  // Drawn from a notebook's saved state: Jupyter marks the element of a widget that no kernel knows.
  if (el.classList.contains("jupyter-widgets-disconnected")) lost();
  return () => {
    for (const name of CUT) model.off(name, lost);
    for (const name of states) model.off(`change:${name}`, heard);
    kernel?.statusChanged?.disconnect(hear);
    kernel?.disposed?.disconnect(lost);
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
