// Small parts that several views are made of: tabs, a file to copy or save, folds, words for screen readers.
import type { ComponentChildren, JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SavedState } from "../state";
import { Icon, IconButton } from "./icons";
import { copyText, download } from "./view";

const SAID_FOR = 2000;    // milliseconds that "Copied" stays
const PATIENCE = 600;     // milliseconds without a change until screen readers are told

// Each view's bundle has this module, and its counter, for itself: the numbers alone would name elements twice.
const PREFIX = `tw-${Math.random().toString(36).slice(2, 10)}`;
let made = 0;

/** A name for an element that no other element of the page has. */
export const useNewId = (): string => useState(() => `${PREFIX}-${++made}`)[0];

/** Tabs: one is in the order of tabbing, and the arrow keys go from one to the next. */
export function Tabs({ titles, label, selected, select, id }: {
  titles: string[]; label: string; selected: number; select: (index: number) => void; id: string;
}): JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent) => {
    const next = nextTab(event.key, selected, titles.length);
    if (next < 0) return;
    event.preventDefault();
    select(next);
    (row.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="tw-tabs" role="tablist" aria-label={label} ref={row} onKeyDown={go}>
      {titles.map((title, index) => (
        <button type="button" role="tab" id={`${id}-tab-${index}`} aria-controls={`${id}-panel-${index}`}
          aria-selected={index === selected} tabIndex={index === selected ? 0 : -1} onClick={() => select(index)}>
          {title}
        </button>
      ))}
    </div>
  );
}

function nextTab(key: string, now: number, count: number): number {
  switch (key) {
    case "ArrowRight": return (now + 1) % count;
    case "ArrowLeft": return (now + count - 1) % count;
    case "Home": return 0;
    case "End": return count - 1;
    default: return -1;
  }
}

/** Escape closes an open menu, and the arrows go from one of its buttons to the next. */
export function keysOfMenu(event: TargetedKeyboardEvent<HTMLElement>, close: () => void): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (event.key === "Escape") close();
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
  const now = buttons.findIndex((button) => button.matches(":focus"));
  buttons[(now + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}

/** What a tab shows. Hidden panels stay in the page, so that what was typed in them stays too. */
export function Panel({ id, index, selected, children }: {
  id: string; index: number; selected: number; children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="tw-panel" role="tabpanel" id={`${id}-panel-${index}`} aria-labelledby={`${id}-tab-${index}`}
      hidden={index !== selected}>
      {children}
    </div>
  );
}

/** Where a file was saved, or the question whether another one is to be replaced. */
export function SavedAs({ saved, replace }: { saved: SavedState | null; replace: () => void }): JSX.Element | null {
  if (!saved) return null;
  return (
    <span class={`tw-saved ${saved.said.startsWith("Saved") ? "" : "tw-unsaved"}`} role="status" title={saved.said}>
      <span class="tw-saved-as">{saved.said}</span>
      {saved.exists && <button type="button" class="tw-replace" onClick={replace}>Replace it</button>}
    </span>
  );
}

/** How the kernel saves a file; without it nothing here can. */
export interface Saving { saved: SavedState | null; save: (filename: string, replace: boolean) => void }

/** A text under its file name, to be copied or saved. */
export function File({ filename, text, saving }: { filename: string; text: string; saving?: Saving }): JSX.Element {
  const saved = saving?.saved?.filename === filename ? saving.saved : null;
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(""), SAID_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copyText(text)) ? "Copied" : "Not copied: the browser does not allow it");
  return (
    <div class="tw-file">
      <div class="tw-bar" role="group" aria-label={filename}>
        <span class="tw-name">{filename}</span>
        <span class="tw-buttons">
          <span class="tw-said" role="status" aria-live="polite">{said}</span>
          <IconButton icon="copy" words="Copy" act={() => void copy()} />
          <IconButton icon="download" words="Download" act={() => download(filename, text)} />
          {saving && <IconButton icon="save" words="Save beside the notebook" act={() => saving.save(filename, false)} />}
        </span>
        {saving && <SavedAs saved={saved} replace={() => saving.save(filename, true)} />}
      </div>
      <pre class="tw-text" tabIndex={0} role="region" aria-label={`Text of ${filename}`}><Coloured text={text} plain={/\.md$/.test(filename)} /></pre>
    </div>
  );
}

const TOKENS = /("(?:[^"\\\n]|\\.)*"|^[ \t]*(?:#|\/\/) .*$)/m;   // in all languages of files: texts, and lines that are comments

/** A file's text with its texts and comments told apart by colour. */
function Coloured({ text, plain }: { text: string; plain: boolean }): JSX.Element {
  if (plain) return <>{text}</>;
  const kind = (piece: string) => (piece[0] === "\"" ? "tw-string" : "tw-note");
  return <>{text.split(TOKENS).map((piece, index) => (index % 2 ? <span class={kind(piece)}>{piece}</span> : piece))}</>;
}

/** Something folded away. What `must` be seen is unfolded, and stays so until the reader folds it. */
export function Fold({ title, must = false, children }: {
  title: string; must?: boolean; children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(must);
  useEffect(() => { if (must) setOpen(true); }, [must]);
  return (
    <details class="tw-fold-away" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

/** A text of which two or three lines are shown, and all when the reader asks. `words` are the same as plain text.
    `all` has all items of the lists that the text counts. */
export function Clamped({ words, all = "", what, long, children }: {
  words: string; all?: string; what: string; long: number; children: ComponentChildren;
}): JSX.Element {
  const [whole, show] = useState(false);
  const clamped = words.length > long;
  const more = (
    <button type="button" class="tw-quiet tw-more" aria-expanded={whole} onClick={() => show(!whole)}>
      {whole ? "Show less" : "Show all"}<span class="tw-unseen"> of {what}</span>
    </button>
  );
  const text = whole && all ? all : children;
  if (!clamped) return <p>{text}{all && <> {more}</>}</p>;
  return <><p class={whole ? "" : "tw-clamped"}>{text}</p>{more}</>;
}

/** Words for screen readers, told when they have stood still for a while; those that stood here first are not. */
export function Told({ words }: { words: string }): JSX.Element {
  const first = useRef<string | null>(words);
  const [told, setTold] = useState("");
  useEffect(() => {
    if (words === first.current) return;
    first.current = null;
    const timer = setTimeout(() => setTold(words), PATIENCE);
    return () => clearTimeout(timer);
  }, [words]);
  return <p class="tw-unseen" role="status" aria-live="polite">{told}</p>;
}

/** A long text breaks where one of its parts ends, rather than anywhere; never before what closes a quotation. */
export const breakable = (text: string) =>
  text.split(/(?<=[:\/.])(?=[^\s"'”),.;\]])|(?<=[a-z])(?=[A-Z])/).flatMap((part, index) => (index ? [<wbr />, part] : [part]));

/** Words in which what stands between backticks is code. */
export function Words({ text }: { text: string }): JSX.Element {
  const shown = (piece: string) => (/\S{20}/.test(piece) ? breakable(piece) : piece);
  return <>{text.split(/`([^`\n]+)`/).map((piece, index) => (index % 2 ? <code>{shown(piece)}</code> : shown(piece)))}</>;
}

/** Buttons that copy the commands that a text names; a lower-case word and more between backticks is one. */
export function Commands({ text }: { text: string }): JSX.Element | null {
  const commands = [...text.matchAll(/`([a-z][\w-]* [^`\n]+)`/g)].map(([, command]) => command);
  if (!commands.length) return null;
  return <p class="tw-commands">{commands.map((command) => <CopyCommand key={command} command={command} />)}</p>;
}

function CopyCommand({ command }: { command: string }): JSX.Element {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(""), SAID_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copyText(command)) ? "Copied" : "Not copied: the browser does not allow it");
  return (
    <span>
      <button type="button" class="tw-quiet" title={command} onClick={() => void copy()}><Icon name="copy" /> Copy the command</button>
      <span class="tw-said" role="status" aria-live="polite">{said}</span>
    </span>
  );
}

/** A link out of the notebook; an address that is not https is shown as text. */
export function Out({ href, children }: { href: string; children: ComponentChildren }): JSX.Element {
  if (!/^https:\/\//i.test(href)) return <span>{href}</span>;
  return <a href={href} target="_blank" rel="noopener noreferrer">{children}</a>;
}

/** What is shown is older than the text, which cannot be read at the moment, or than the form, which is incomplete. */
export function Stale({ stale, behind }: { stale: boolean; behind?: boolean }): JSX.Element | null {
  if (stale) return <p class="tw-stale">Based on the last valid version of the policy</p>;
  return behind ? <p class="tw-stale">Based on the last complete version of the form</p> : null;
}
