// What the browser loads: all views, and the style that they need.
import { type JSX, render as show } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PARTS, type PartName } from "./all_parts";
import { Builder } from "./builder";
import { type End, type Model, watchLife } from "./shared/view";

declare const STYLE: string;   // put before the code, like the tables

interface Widget { model: Model; el: HTMLElement }

function render({ model, el }: Widget): End {
  putStyle(el);
  el.classList.add("tw-host");
  show(<View model={model} el={el} />, el);
  return () => show(null, el);
}

function View({ model, el }: Widget): JSX.Element {
  const name = model.get("_draws") as PartName | "builder";
  const alive = useLife(model, el, name);
  if (name === "builder") return <Builder model={model} alive={alive} />;
  const { Shows } = PARTS[name];
  return <Shows model={model} alive={alive} alone />;
}

function useLife(model: Model, el: HTMLElement, name: string): boolean {
  const [alive, tell] = useState(true);
  useEffect(() => {
    const states = name === "builder" ? Object.keys(PARTS).map((part) => `${part}_state`) : ["state"];
    return watchLife(model, el, states, tell);
  }, [model, el, name]);
  return alive;
}

/** Into the document, or the shadow root around the element, which it may be put into only after it is drawn. */
function putStyle(el: HTMLElement): void {
  const put = () => {
    const root = el.getRootNode();
    const place = root instanceof ShadowRoot ? root : el.ownerDocument.head;
    if ([...place.querySelectorAll("style")].some(({ textContent }) => textContent === STYLE)) return;
    const element = el.ownerDocument.createElement("style");
    element.textContent = STYLE;
    place.append(element);
  };
  put();
  requestAnimationFrame(put);
}

export default { render };
