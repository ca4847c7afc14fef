// Telling the kernel whether a view can be seen, so that it works for nothing under a hidden tab.
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Model, say } from "./view";

type Visibility = { do: "open" } | { do: "close" };

/** Say "open" when the element can be seen, again when the kernel forgot it, and "close" when it is hidden or gone. */
export function Seeing({ model, seen, alive, root }: {
  model: Model; seen: boolean | undefined; alive: boolean; root: RefObject<HTMLElement | null>;
}): null {
  const tell = (what: Visibility) => say(model as Model<Visibility>, what);
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
    if (!alive || !visible) return;
    tell({ do: "open" });
    return () => tell({ do: "close" });
  }, [alive, visible]);
  useEffect(() => {
    if (alive && visible && seen === false) tell({ do: "open" });
  }, [seen]);
  return null;
}

/** Ask the builder around this view, if there is one, to show another part of it. */
export function turnTo(element: HTMLElement | null, part: string): void {
  element?.dispatchEvent(new CustomEvent("tw-turn-to", { bubbles: true, composed: true, detail: part }));
}
