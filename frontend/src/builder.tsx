// TrustBuilder: lays out all parts on one page. Each has traits of its own in the one widget.
import type { JSX, RefObject } from "preact";
import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { PARTS, type PartName } from "./all_parts";
import { Panel, Tabs, useNewId } from "./shared/parts";
import { Frame, Lost, partOf } from "./shared/part";
import type { Model } from "./shared/view";

const TABS: { part: PartName; title: string }[] = [   // which part is under which tab
  { part: "who", title: "Who gets in" },
  { part: "simulator", title: "Try a caller" },
  { part: "permissions", title: "Caller's policy" },
  { part: "changes", title: "What changed" },
  { part: "truth", title: "Conditions" },
  { part: "companions", title: "Setup snippets" },
  { part: "export", title: "Export" },
  { part: "home", title: "Settings" },
];

export function Builder({ model, alive }: { model: Model; alive: boolean }): JSX.Element {
  const id = useNewId();
  const [selected, select] = useTab(model);
  // What nobody has looked at yet is not made: hidden controls would only be found by mistake.
  const looked = useRef(new Set<number>()).current.add(selected);
  const tool = useTurns((part) => {
    const index = TABS.findIndex((tab) => tab.part === part);
    if (index < 0) return;
    select(index);
    const page = tool.current?.getRootNode() as Document | ShadowRoot | undefined;
    page?.getElementById(`${id}-tab-${index}`)?.focus();
  });
  const slot = (name: PartName) => <Slot key={name} {...{ model, name, alive }} />;
  return (
    <Frame name="builder" alive={alive}>
      <Lost alive={alive} />
      <div class="tw-tool" role="group" aria-label="Trust policy builder" ref={tool}>
        {slot("grants")}
        {slot("summary")}
        <div class="tw-columns">
          {slot("form")}
          <div class="tw-column">{slot("source")}{slot("editor")}{slot("findings")}</div>
        </div>
        <Tabs titles={TABS.map(({ title }) => title)} label="Tools" {...{ selected, select, id }} />
        {TABS.map(({ part }, index) => (
          <Panel key={part} {...{ id, selected, index }}>{looked.has(index) && slot(part)}</Panel>
        ))}
      </div>
    </Frame>
  );
}

/** The open tool, which Python knows and can set too. */
function useTab(model: Model): [number, (index: number) => void] {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const changed = () => redraw(undefined);
    model.on("change:tab", changed);
    return () => model.off("change:tab", changed);
  }, [model]);
  const select = (index: number) => {
    model.set("tab", TABS[index].part);
    model.save_changes();
  };
  return [Math.max(0, TABS.findIndex(({ part }) => part === model.get("tab"))), select];
}

/** A view in the builder may ask for another to be shown: a caller is tried where callers are tried. */
function useTurns(turn: (part: string) => void): RefObject<HTMLDivElement | null> {
  const tool = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = tool.current;
    const heard = (event: Event) => turn((event as CustomEvent<string>).detail);
    element?.addEventListener("tw-turn-to", heard);
    return () => element?.removeEventListener("tw-turn-to", heard);
  }, []);
  return tool;
}

function Slot({ model, name, alive }: { model: Model; name: PartName; alive: boolean }): JSX.Element {
  const { Shows } = PARTS[name];
  const own = useMemo(() => partOf(model, name), [model, name]);
  return <div class={`tw-slot tw-slot-${name}`}><Shows model={own} alive={alive} /></div>;
}
