"""A page of roles as a table in which a click chooses a role."""

from __future__ import annotations

import anywidget
import traitlets

# Texts come from files of other people: they are set as text, never as HTML.
CODE = """
function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

// The builder is below the table: show where it begins, once it is there.
function showOpened(el, name) {
  const view = el.closest(".tw-inventory");
  if (!view) return;
  const watch = new MutationObserver(() => {
    const title = view.querySelector(".tw-opened h3");
    if (!title?.textContent.endsWith(name)) return;
    watch.disconnect();
    requestAnimationFrame(() => title.scrollIntoView({ block: "start" }));
  });
  watch.observe(view, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 5000);
}

function row(model, el, [number, name, ...cells]) {
  const line = element("tr");
  const choose = element("button", name);
  choose.type = "button";
  choose.dataset.number = number;
  line.onclick = () => {
    showOpened(el, name);
    model.set("chosen", number);
    model.save_changes();
  };
  const head = element("th");
  head.scope = "row";
  head.append(choose);
  line.append(head, ...cells.map(text => element("td", text)));
  return line;
}

function mark(model, el) {
  for (const button of el.querySelectorAll("tbody button")) {
    const isChosen = Number(button.dataset.number) === model.get("chosen");
    button.setAttribute("aria-pressed", String(isChosen));
    button.closest("tr").classList.toggle("tw-chosen", isChosen);
  }
}

// The first click sorts a column, the second turns it round, the third has the worst first again.
function sort(model, column) {
  const isOn = model.get("sorted_by") === column;
  const isLast = isOn && model.get("descending");
  model.set("sorted_by", isLast ? "" : column);
  model.set("descending", isOn && !isLast);
  model.save_changes();
}

function heading(model, [column, text]) {
  const head = element("th");
  head.scope = "col";
  head.dataset.column = column;
  const button = element("button", text);
  button.type = "button";
  button.title = "Sort by this column";
  button.onclick = () => sort(model, column);
  head.append(button);
  return head;
}

function markSorted(model, el) {
  const order = model.get("descending") ? "descending" : "ascending";
  for (const head of el.querySelectorAll("thead th")) {
    if (head.dataset.column === model.get("sorted_by")) head.setAttribute("aria-sort", order);
    else head.removeAttribute("aria-sort");
  }
}

// The headings stay: one of them may have the focus.
function frame(model, el) {
  const table = element("table");
  const heads = element("tr");
  heads.append(...model.get("heads").map(head => heading(model, head)));
  const top = element("thead");
  top.append(heads);
  table.append(element("caption"), top, element("tbody"));
  el.replaceChildren(table);
}

function draw(model, el) {
  el.querySelector("caption").textContent = model.get("caption");
  el.querySelector("tbody").replaceChildren(...model.get("rows").map(each => row(model, el, each)));
  markSorted(model, el);
  mark(model, el);
}

const DRAWN = ["change:rows", "change:caption", "change:sorted_by", "change:descending"];

export default {
  render({ model, el }) {
    el.classList.add("tw-roles");
    frame(model, el);
    const again = () => draw(model, el);
    const marks = () => mark(model, el);
    DRAWN.forEach(event => model.on(event, again));
    model.on("change:chosen", marks);
    again();
    return () => {
      DRAWN.forEach(event => model.off(event, again));
      model.off("change:chosen", marks);
    };
  },
};
"""
STYLE = """
.tw-roles { overflow-x: auto; margin: 2px; padding-left: 4px;
  color: var(--jp-content-font-color1, inherit); font-size: var(--jp-widgets-font-size, 13px); }
.tw-roles table { border-collapse: collapse; width: 100%; max-width: 1180px; margin: 0;
  font-size: inherit; }
.tw-roles caption { text-align: left; padding: 6px 0; color: inherit; }
.tw-roles tr { background: none; border-bottom: 1px solid var(--jp-border-color2, #bdbdbd); }
.tw-roles tbody tr { cursor: pointer; }
.tw-roles tbody tr:hover { background: var(--jp-layout-color2, #eee); }
.tw-roles tr.tw-chosen { background: var(--jp-layout-color2, #eee); }
.tw-roles :is(th, td) { text-align: left; padding: 4px 10px 4px 0; vertical-align: top;
  line-height: 1.4; color: inherit; }
.tw-roles tr > :first-child { min-width: 5em; }
.tw-roles td { white-space: nowrap; font-weight: 400; }
.tw-roles button { border: 0; padding: 0; background: none; font: inherit; text-align: left;
  color: var(--jp-content-link-color, #1976d2); cursor: pointer; text-decoration: underline; }
.tw-roles thead button { color: inherit; font-weight: 600; text-decoration: none;
  white-space: nowrap; }
.tw-roles thead button:is(:hover, :focus-visible) { text-decoration: underline; }
.tw-roles thead button::after { content: " \\2195" / ""; opacity: 0.45; }
.tw-roles [aria-sort] button::after { opacity: 1; }
.tw-roles [aria-sort=ascending] button::after { content: " \\2191" / ""; }
.tw-roles [aria-sort=descending] button::after { content: " \\2193" / ""; }
.tw-roles .tw-chosen button { font-weight: 600; }
"""


class RoleTable(anywidget.AnyWidget):
    """A page of roles.

    Args:
        heads: the column and its heading, the name's first.
        caption: what is shown.
        rows: of each role its number, then the cells.
        chosen: the number of the role that was clicked; -1 for none.
        sorted_by: the column whose heading was clicked; `""` for none.
        descending: the other way round.
    """

    _esm = CODE
    _css = STYLE

    heads: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    rows: traitlets.List[list[object]] = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
    sorted_by = traitlets.Unicode().tag(sync=True)
    descending = traitlets.Bool().tag(sync=True)
