// Compiles the modules in zip files to bytecode, by the Python that will read it: that of Pyodide.
// node compile.mjs PYODIDE FROM TO: each zip file of the folder FROM is written to the folder TO.
import { pathToFileURL } from "node:url";

const COMPILE = `
import marshal, pathlib, zipfile
from importlib.util import MAGIC_NUMBER

# PEP 552: named by a hash, which is not checked. No source is there that it could be checked with.
HEAD = MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)

for source in pathlib.Path("/from").iterdir():
    target = f"/to/{source.name}"
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            data = read.read(name)
            if name.endswith(".py"):
                code = compile(data, name, "exec", dont_inherit=True)
                name, data = name + "c", HEAD + marshal.dumps(code)
            written.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
`;

const [pyodide, from, to] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${pyodide}/` });
for (const [place, root] of [["/from", from], ["/to", to]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
}
python.runPython(COMPILE);
