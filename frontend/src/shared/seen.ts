// Telling the kernel whether a view can be seen, so that it works for nothing under a hidden tab.
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Seen } from "../state";
import { type Model, say } from "./view";

type Visibility = { do: "open" } | { do: "close" };

/** Say "open" when the element can be seen and the kernel doesn't know it, and "close" when it is hidden or gone. */
export function useSeen(model: Model<Visibility>, state: Seen, alive: boolean, root: RefObject<HTMLElement | null>): void {
  const [visible, see] = useState(false);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const look = () => see(element.getClientRects().length > 0);
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    look();
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (alive && visible && !state.seen) say(model, { do: "open" });
  }, [alive, visible, state.seen]);
  useEffect(() => {
    if (!alive || !visible) return;
    return () => say(model, { do: "close" });
  }, [alive, visible]);
}

/** Ask the builder around this view, if there is one, to show another part of it. */
export function turnTo(element: HTMLElement | null, part: string): void {
  element?.dispatchEvent(new CustomEvent("tw-turn-to", { bubbles: true, composed: true, detail: part }));
}
