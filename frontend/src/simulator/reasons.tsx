// Full evaluation as a tree: the arrow keys walk it, open and close it; Enter shows the place in the policy.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { SIGNS, TRUTHS } from "../shared/outcomes";
import type { Place, ReasonNode } from "../state";

const FEW = 30;   // nodes that are all shown at once; of more, only those on the way to the statement that decided

interface Item { id: string; node: ReasonNode; parent: string; open: boolean }

export function Reasons({ tree, first, show }: {
  tree: ReasonNode; first: Place; show: (path: Place) => void;
}): JSX.Element {
  const [turned, setTurned] = useState(new Map<string, boolean>());   // what the reader opened or closed
  const [current, setCurrent] = useState("0");
  const list = useRef<HTMLUListElement>(null);
  const few = count(tree) <= FEW;
  const isOpen = (id: string, node: ReasonNode) =>
    node.parts.length > 0 && (turned.get(id) ?? (few || id === "0" || same(node.path, first)));
  const items = visible(tree, isOpen);
  const here = items.some(({ id }) => id === current) ? current : "0";
  const turn = (id: string, open: boolean) => setTurned(new Map(turned).set(id, open));
  const go = (id: string) => {
    setCurrent(id);
    list.current?.querySelector<HTMLElement>(`[data-node="${id}"]`)?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = stepFor(event.key, items, here);
    if (!step) return;
    event.preventDefault();
    if (step.turn !== undefined) turn(here, step.turn);
    if (step.go !== undefined) go(step.go);
    if (step.act) act(items.find(({ id }) => id === here)!, show, turn);
  };
  return (
    <>
      <p class="tw-help">Arrow keys walk the tree, open and close it; Enter, or a click, shows the place in the policy.</p>
      <ul class="tw-tree" role="tree" aria-label="Full evaluation" ref={list} onKeyDown={pressed}>
        <Branch id="0" node={tree} {...{ here, isOpen }} clicked={(item, glyph) => {
          setCurrent(item.id);
          if (glyph) turn(item.id, !item.open);
          else act(item, show, turn);
        }} />
      </ul>
    </>
  );
}

function Branch({ id, node, here, isOpen, clicked }: {
  id: string; node: ReasonNode; here: string; isOpen: (id: string, node: ReasonNode) => boolean;
  clicked: (item: Item, glyph: boolean) => void;
}): JSX.Element {
  const open = isOpen(id, node);
  const item = { id, node, parent: "", open };
  return (
    <li role="treeitem" data-node={id} tabIndex={id === here ? 0 : -1} aria-expanded={node.parts.length ? open : undefined}
      aria-label={`${TRUTHS[node.truth]}: ${node.text}${node.place ? ` ${node.place}` : ""}`}>
      <div class={`tw-node tw-truth-${node.truth} ${node.place ? "tw-linked" : ""}`} title={node.place && "Show in the editor"}
        onClick={() => { if (!String(getSelection())) clicked(item, false); }}>
        <span class="tw-glyph" aria-hidden="true" onClick={(event) => { event.stopPropagation(); clicked(item, true); }}>
          {node.parts.length ? (open ? "▾" : "▸") : ""}
        </span>
        <span class="tw-truth" aria-hidden="true">{SIGNS[node.truth]}</span>
        <span class="tw-node-text">{node.text} <span class="tw-node-place">{node.place}</span></span>
      </div>
      {open && (
        <ul role="group">
          {node.parts.map((part, index) => <Branch id={`${id}.${index}`} node={part} {...{ here, isOpen, clicked }} />)}
        </ul>
      )}
    </li>
  );
}

/** A node with a place shows it; any other opens or closes. */
function act({ id, node, open }: Item, show: (path: Place) => void, turn: (id: string, open: boolean) => void): void {
  if (node.place) show(node.path);
  else if (node.parts.length) turn(id, !open);
}

/** The nodes that can be seen, from the top down. */
function visible(tree: ReasonNode, isOpen: (id: string, node: ReasonNode) => boolean): Item[] {
  const items: Item[] = [];
  const walk = (id: string, node: ReasonNode, parent: string) => {
    const open = isOpen(id, node);
    items.push({ id, node, parent, open });
    if (open) node.parts.forEach((part, index) => walk(`${id}.${index}`, part, id));
  };
  walk("0", tree, "");
  return items;
}

/** What a key does at a node, as in every tree: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
function stepFor(key: string, items: Item[], here: string): { go?: string; turn?: boolean; act?: boolean } | null {
  const at = items.findIndex(({ id }) => id === here);
  const { node, open, parent } = items[at];
  switch (key) {
    case "ArrowDown": return { go: items[Math.min(at + 1, items.length - 1)].id };
    case "ArrowUp": return { go: items[Math.max(at - 1, 0)].id };
    case "ArrowRight": return open ? { go: items[at + 1].id } : node.parts.length ? { turn: true } : {};
    case "ArrowLeft": return open ? { turn: false } : parent ? { go: parent } : {};
    case "Home": return { go: items[0].id };
    case "End": return { go: items[items.length - 1].id };
    case "Enter": case " ": return { act: true };
    default: return null;
  }
}

const count = (node: ReasonNode): number => node.parts.reduce((sum, part) => sum + count(part), 1);
const same = (one: Place, other: Place) => one.length === other.length && one.every((step, index) => step === other[index]);
