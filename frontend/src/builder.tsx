// TrustBuilder: lays out the other views, each with its own model, on one page.
import type { JSX, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Panel, Tabs, useNewId } from "./shared/parts";
import type { Common } from "./state";
import { type ChildView, type End, frame, type Model, type Shown } from "./shared/view";

const PREFIX = "IPY_MODEL_";
const TABS = [   // which part is under which tab
  { part: "who", title: "Who gets in" },
  { part: "simulator", title: "Try a caller" },
  { part: "changes", title: "What changed" },
  { part: "truth", title: "Guards" },
  { part: "companions", title: "The other half" },
  { part: "export", title: "Export" },
  { part: "home", title: "Yours" },
];

function Builder({ model }: Shown<Common>): JSX.Element {
  const parts = useParts(model);
  const id = useNewId();
  const [selected, select] = useState(0);
  // What nobody has looked at yet is not made: hidden controls would only be found by mistake.
  const looked = useRef(new Set<number>()).current.add(selected);
  const tool = useTurns((part) => {
    const index = TABS.findIndex((tab) => tab.part === part);
    if (index < 0) return;
    select(index);
    document.getElementById(`${id}-tab-${index}`)?.focus();
  });
  const slot = (name: string) => parts[name] && <Slot key={parts[name]} model={model} name={name} reference={parts[name]} />;
  return (
    <div class="tw-tool" role="group" aria-label="Trust policy builder" ref={tool}>
      {slot("grants")}
      {slot("summary")}
      <div class="tw-columns">
        {slot("form")}
        <div class="tw-column">{slot("editor")}{slot("findings")}</div>
      </div>
      <Tabs titles={TABS.map(({ title }) => title)} label="Beside the policy" {...{ selected, select, id }} />
      {TABS.map(({ part }, index) => (
        <Panel key={part} {...{ id, selected, index }}>{looked.has(index) && slot(part)}</Panel>
      ))}
    </div>
  );
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

/** References to the views, by name. The kernel sends them after the widget itself. */
function useParts(model: Model): Record<string, string> {
  const [parts, setParts] = useState(() => model.get("parts") as Record<string, string>);
  useEffect(() => {
    const changed = () => setParts(model.get("parts") as Record<string, string>);
    model.on("change:parts", changed);
    changed();
    return () => model.off("change:parts", changed);
  }, [model]);
  return parts ?? {};
}

function Slot({ model, name, reference }: { model: Model; name: string; reference: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (place.current ? mount(model, reference, place.current) : undefined), []);
  return <div class={`tw-slot tw-slot-${name}`} ref={place} />;
}

/** Show a widget's view in an element. The view comes later, perhaps after the element has gone again. */
function mount(model: Model, reference: string, place: HTMLElement): End {
  let view: ChildView | null = null;
  let gone = false;
  const show = async () => {
    const manager = model.widget_manager;
    if (!manager) throw new Error("this page has no widget manager");
    view = await manager.create_view(await manager.get_model(reference.slice(PREFIX.length)));
    if (gone) view.remove();
    else place.append(view.el);
  };
  show().catch((error: unknown) => { place.textContent = `This part could not be shown: ${String(error)}`; });
  return () => {
    gone = true;
    view?.remove();
  };
}

export default frame<Common>("builder", Builder);
