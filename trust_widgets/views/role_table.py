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
  for (const button of el.querySelectorAll("button")) {
    const isChosen = Number(button.dataset.number) === model.get("chosen");
    button.setAttribute("aria-pressed", String(isChosen));
    button.closest("tr").classList.toggle("tw-chosen", isChosen);
  }
}

function draw(model, el) {
  const heads = element("tr");
  heads.append(...model.get("heads").map(text => {
    const head = element("th", text);
    head.scope = "col";
    return head;
  }));
  const table = element("table");
  table.append(element("caption", model.get("caption")), heads);
  table.append(...model.get("rows").map(each => row(model, el, each)));
  el.replaceChildren(table);
  mark(model, el);
}

export default {
  render({ model, el }) {
    el.classList.add("tw-roles");
    const again = () => draw(model, el);
    const marks = () => mark(model, el);
    model.on("change:rows", again);
    model.on("change:caption", again);
    model.on("change:chosen", marks);
    again();
    return () => {
      model.off("change:rows", again);
      model.off("change:caption", again);
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
.tw-roles tr { background: none; cursor: pointer;
  border-bottom: 1px solid var(--jp-border-color2, #bdbdbd); }
.tw-roles tr:first-of-type { cursor: default; }
.tw-roles tr:not(:first-of-type):hover { background: var(--jp-layout-color2, #eee); }
.tw-roles tr.tw-chosen { background: var(--jp-layout-color2, #eee); }
.tw-roles :is(th, td) { text-align: left; padding: 4px 10px 4px 0; vertical-align: top;
  line-height: 1.4; color: inherit; }
.tw-roles tr > :first-child { min-width: 5em; }
.tw-roles td { white-space: nowrap; font-weight: 400; }
.tw-roles button { border: 0; padding: 0; background: none; font: inherit; text-align: left;
  color: var(--jp-content-link-color, #1976d2); cursor: pointer; text-decoration: underline; }
.tw-roles .tw-chosen button { font-weight: 600; }
"""


class RoleTable(anywidget.AnyWidget):
    """A page of roles.

    Args:
        heads: of the columns, the name's first.
        caption: what is shown.
        rows: of each role its number, then the cells.
        chosen: the number of the role that was clicked; -1 for none.
    """

    _esm = CODE
    _css = STYLE

    heads: traitlets.List[str] = traitlets.List().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    rows: traitlets.List[list[object]] = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
