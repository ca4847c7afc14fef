// A picture that the kernel laid out, made of elements. Only shapes are made, with geometry and colours.
import { createElement, type JSX } from "preact";
import { tables } from "./shared/tables";
import type { ShapeState } from "./state";

// The same as in `_html.py`: none of it runs, links, animates or loads anything.
const SHAPES = new Set(["svg", "g", "rect", "path", "line", "circle", "text", "tspan", "title"]);
const GEOMETRY = new Set([
  "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "role", "style",
]);

export function Picture({ shape }: { shape: ShapeState }): JSX.Element {
  const [name, attributes, ...children] = shape;
  return made([name, { ...(attributes as object), style: tables.pictureStyle }, ...children]);
}

function made([name, attributes, ...children]: ShapeState): JSX.Element {
  if (typeof name !== "string" || !SHAPES.has(name)) throw new Error(`${name} is no shape`);
  const allowed = Object.fromEntries(Object.entries(attributes).filter(([key]) => GEOMETRY.has(key)));
  return createElement(name, allowed, ...children.map((child) => (typeof child === "string" ? child : made(child as ShapeState))));
}
