// Two texts side by side, or below each other where there is no room, with what differs marked; to be read only.
import { json } from "@codemirror/lang-json";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { look } from "./look";

const NARROW = 700;    // pixels: below, both texts stand in one column
const COLLAPSED = { margin: 3, minSize: 6 };

const common = (label: string): Extension => [
  json(), look, lineNumbers(), EditorState.readOnly.of(true), EditorView.editable.of(false),
  EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-multiline": "true" }),
];

export function Merge({ old, now, names }: { old: string; now: string; names: [string, string] }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const narrow = useNarrow(place);
  useEffect(() => {
    const parent = place.current;
    if (!parent || narrow === null) return;
    const view = narrow ? below(parent, old, now, names) : beside(parent, old, now, names);
    return () => view.destroy();
  }, [old, now, narrow]);
  return (
    <div class="tw-merge tw-editor">
      <div class={`tw-merge-names ${narrow ? "tw-below" : ""}`}>
        <span><span class="tw-merge-out" aria-hidden="true">− </span>{names[0]}</span>
        <span><span class="tw-merge-in" aria-hidden="true">+ </span>{names[1]}</span>
      </div>
      <div ref={place} />
    </div>
  );
}

/** Whether there is no room for two columns; `null` until that is known. */
function useNarrow(place: { current: HTMLElement | null }): boolean | null {
  const [narrow, set] = useState<boolean | null>(null);
  useEffect(() => {
    const watcher = new ResizeObserver(([{ contentRect }]) => { if (contentRect.width) set(contentRect.width < NARROW); });
    if (place.current) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return narrow;
}

function beside(parent: HTMLElement, old: string, now: string, names: [string, string]): { destroy(): void } {
  return new MergeView({
    parent, a: { doc: old, extensions: common(names[0]) }, b: { doc: now, extensions: common(names[1]) },
    collapseUnchanged: COLLAPSED,
  });
}

function below(parent: HTMLElement, old: string, now: string, names: [string, string]): { destroy(): void } {
  const merged = unifiedMergeView({ original: old, mergeControls: false, collapseUnchanged: COLLAPSED });
  return new EditorView({ parent, doc: now, extensions: [common(names.join(", ")), merged] });
}
