// A picture that the kernel laid out, made of elements. Only shapes are made, with geometry and colours.
import { createElement, type JSX } from "preact";
import type { ShapeState } from "./state";

// The same as in `_html.py`: none of it runs, links, animates or loads anything.
const SHAPES = new Set(["svg", "g", "rect", "path", "line", "circle", "text", "tspan", "title"]);
const GEOMETRY = new Set([
  "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "role", "style",
]);

export function Picture({ shape }: { shape: ShapeState }): JSX.Element {
  return made(shape);
}

function made({ name, attributes, children }: ShapeState): JSX.Element {
  if (!SHAPES.has(name)) throw new Error(`${name} is no shape`);
  const allowed = Object.fromEntries(Object.entries(attributes).filter(([key]) => GEOMETRY.has(key)));
  return createElement(name, allowed, ...children.map((child) => (typeof child === "string" ? child : made(child))));
}
