// The `_esm` of each view in Jupyter: takes the code from the hidden widget that has it, once per page.
const page = globalThis;
const name = Symbol.for("trust_widgets@DIGEST");

async function load({ model, host }) {
  const code = await host.getModel(model.get("_code").replace("IPY_MODEL_", "anywidget:"));
  const plain = new Blob([code.get("code")]).stream().pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(plain).text();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return (await import(url)).default;
}

export default {
  async render(view) {
    page[name] ??= load(view);
    try {
      return (await page[name]).render(view);
    } catch (error) {
      delete page[name];
      view.el.textContent = `This view could not be loaded. It needs anywidget 0.11 or newer on the page. ${error}`;
    }
  },
};
