// The joint between kernel and browser: what each view is told to draw. Written by `draw()` of the Python
// class of the same name; the kernel alone writes `state`, the browser alone writes `typed`.
// All positions are in UTF-16 units of the text with every line break counted as one.

export type Verdict = "refused" | "dead" | "open" | "advice";

export interface Fault { title: string; detail: string }          // an exception in the kernel, shown in the view

export interface Common {
  revision: number;            // of the newest `typed` that this state has taken in; older echoes are never drawn over newer typing
  fault: Fault | null;
}

// ---- GrantsView: "Who may assume this role?", the chips and the picker
export interface GrantsState extends Common {
  chips: { label: string; title: string; unfinished: boolean; byHand: boolean }[];
  selected: number;            // -1: none
  groups: { title: string; patterns: { name: string; title: string; about: string }[] }[];
  stale: boolean;              // the text does not parse: chips are not clickable
}
// says: {do:"add", pattern} {do:"select", index} {do:"remove", index}

// ---- SummaryView: the sentence
export interface SummaryState extends Common {
  parts: { text: string; wide: boolean }[];     // joined they are the sentence; wide parts are bold
  mood: "good" | "warn" | "bad" | "empty";      // icon
  stale: boolean;
}

// ---- FormView: the selected grant
export interface FieldState {
  name: string; label: string; help: string; example: string; kind: "text" | "choice" | "flag" | "list";
  value: string | boolean | string[]; complaint: string; optional: boolean; more: boolean;
  options: { value: string; label: string }[];   // for a choice
  suggestions: { value: string; label: string }[];  // for text and list: offered while typing
  half: boolean;                                  // may stand beside its neighbour
  role: boolean;                                  // belongs to the role (account), not to the grant
  long: boolean;                                  // a text of many lines
}
export interface GuardState {
  label: string; key: string; operator: string; values: string[]; complaint: string; help: string;
  named: boolean;              // a named kind: only its value is asked for; else key, operator and values are
  warning: string;             // this caller can never have this key, because ...
}
export interface FormState extends Common {
  grant: number; pattern: string; title: string; about: string;
  patterns: { name: string; title: string }[];    // to switch to
  fields: FieldState[];
  fixed: string[];                                // conditions the pattern always writes, as text: "aud = sts.amazonaws.com"
  guards: GuardState[];
  offers: { name: string; label: string; key: string; recommended: boolean; reason: string }[];
                               // reason: why it is recommended, and first; else, if not empty: why it is greyed. name "any" is "any key"
  operators: string[]; keys: string[];            // for the free guard
  locked: string;              // not empty: why the form is disabled (the text does not parse)
  byHand: string;              // not empty: the JSON of a statement that no pattern recognises, shown instead of fields
  empty: boolean;              // no grant yet
  asked: number;               // grows when somebody was added: put the focus into the first question
}
// typed: {revision, grant, pattern, fields: {name: value}, guards: [{key, operator, values}]}
// says: {do:"switch", pattern} {do:"add_guard", name} {do:"remove_guard", index} {do:"discard"} (discard the unreadable text)
//       each says carries `typed` too (the newest), so that nothing typed is lost when both race

// ---- EditorView
export interface Spot {
  id: string; verdict: Verdict; severity: string; from: number; to: number; line: number; message: string;
  fix: Change | null;
}
export interface Change { title: string; from: number; to: number; insert: string }  // one replacement in the text
export interface EditorState extends Common {
  text: string;
  good: boolean;               // the text parses
  status: string;              // "What you are typing is not in this text yet: finish “Owner id”", "cannot be read yet: ..." or ""
  spots: Spot[];
  size: number; quota: number; sizeNote: string;
  canUndo: boolean; canRedo: boolean;
  filename: string;
  python: string;              // for "Copy as Python"
  height: string;              // CSS: greatest height of the editor
  vocabulary: {                // for completion
    elements: string[]; topElements: string[]; principals: string[]; effects: string[]; actions: string[];
    operators: string[]; keys: string[]; services: string[]; versions: string[];
  };
  goTo: { from: number; to: number; count: number };   // when count grows: put the cursor there and scroll
}
// typed: {revision, text}
// says: {do:"undo"} {do:"redo"} {do:"fix", id}

// ---- FindingsView
export interface FindingState {
  id: string; code: string; name: string; verdict: Verdict; severity: string; message: string;
  place: string;               // "line 14" or "document"
  from: number; to: number;
  callers: { text: string; hostile: string }[];   // hostile: a few words why, or ""
  fix: Change | null; fine: string; source: string; page: string; assumptions: string[];   // page: about this mistake
  accepted: string;            // not empty: the reason for which the reader has accepted it; it is not counted
  alike: number;               // how many of its kind can be mended at once; 0: it is the only one
  acceptable: boolean;         // what keeps the text from being read is not
  value: string;               // what stands at its place, perhaps shortened: an acceptance is of that
  complaints: Record<string, string>;   // about the acceptance that was asked for and not taken: reason, until
}
export interface FindingsState extends Common {
  findings: FindingState[];
  counts: Record<Verdict, number>;
  text: string;                // the text the positions refer to: fixes are shown as a diff against it
  said: string;                // for screen readers: "2 open, 1 advice. Worst: ..."
  none: string;                // what to say when there are none
  canTry: boolean;             // a view that tries callers follows
  weighed: Record<string, { consequences: ConsequencesState | null; change: Change | null }>;
                               // of fixes that were opened, by the finding's id and by its code for all of a kind; change: of the latter
}
// says: {do:"weigh", id} {do:"fix_all", id} {do:"try", name, which} {do:"fix", id} {do:"show", id} {do:"accept", id, reason, until} {do:"take_back", id}

// ---- CompanionsView: "The other half"
export interface CompanionsState extends Common {
  companions: { title: string; note: string; filename: string; text: string }[];
  empty: string;               // what to say when there are none
  stale: boolean;
}

// ---- ExportView
export interface ExportState extends Common {
  fields: FieldState[];        // role name, path, longest session, account
  exports: { name: string; title: string; filename: string; language: string; note: string; source: string; text: string }[];
  stale: boolean;
  blocked: string;             // not empty: why there is nothing to export yet
}
// typed: {revision, fields}

// ---- HomeView: what is the reader's own, as kept in trust-home.toml
export interface AcceptedState { code: string; reason: string; until: string; where: string; value: string; over: boolean }
export interface HomeState extends Common {
  fields: FieldState[];        // accounts, organization, github_owners, vendors
  accepted: AcceptedState[];   // until: ISO date or ""; where: a place, or "" for any; value: or "" for any; over: counts no more
  filename: string; text: string;
}
// typed: {revision, fields}
// says: {do:"take_back", code, reason, until, where, value}

// ---- SimulatorView: "Try a caller", one call against the policy
export type Outcome = "allowed" | "not allowed" | "denied" | "depends" | "invalid";
export type Truth = "yes" | "no" | "unknown";
export type Place = (string | number)[];                            // a path in the policy
export interface MarkedText { before: string; differs: string; after: string }   // what differs from the other side
export interface ComparedRow {                    // what the call has beside what the policy wants
  label: string; key: string; how: string;        // key: in full, or ""; how: the operator, or ""
  truth: Truth; path: Place;
  has: MarkedText[]; hasNote: string;             // the notes are words of ours: "not in the call", "anything but"
  wants: MarkedText[]; wantsNote: string; more: number;   // more: values of the policy that are not shown
}
export interface ReasonNode { text: string; truth: Truth; path: Place; place: string; parts: ReasonNode[] }  // place: "line 14" or ""
export interface AnswerState {
  refusal: string;                                // what AWS said when it refused the call, with what follows; or ""
  guesses: { name: string; label: string; value: string }[];   // that the policy alone put into the form, and that matter
  settles: boolean;                               // the changes are all things to be said of the call
  sayMore: string;                                // what was pasted leaves something open: the form in which to say it, or ""
  outcome: Outcome; word: string; because: string;
  title: string; path: Place; place: string; deny: boolean; rows: ComparedRow[];   // the statement it rests on; title "": none
  changes: AnswerChange[];
  assumptions: { text: string; open: string; source: string }[];
  tree: ReasonNode | null;                        // null until it is asked for
}
export interface AnswerChange {
  id: string; where: "policy" | "caller" | "elsewhere"; text: string; fix: Change | null;
  about: string; field: { name: string; label: string } | null;   // what is to be said of the call, and where in the form
}
export interface KeptState {
  name: string; title: string; opens: boolean;    // opens: there is a form for it
  expected: Outcome | ""; options: { value: string; label: string }[];
  outcome: Outcome | ""; word: string; agrees: boolean;   // outcome "": it is no call any more
  note: string;                                   // why, or what of it is unknown
}
export interface SimulatorState extends Common {
  caller: string;                                 // "" as long as nobody was chosen
  raw: { call: CallState; editAs: string } | null;  // a call handed over by another view; editAs: whose form can make it, or ""
  groups: { title: string; callers: { name: string; title: string; about: string }[] }[];
  title: string; about: string; note: string; source: string;
  guesses: boolean;                               // the form can be filled such that the policy lets the caller in
  fields: FieldState[];
  wrong: string;                                  // not empty: why there is no answer
  remarks: string[];                              // about the call: that a token has expired
  stale: boolean;
  text: string;                                   // what the fixes are shown as a diff against
  answer: AnswerState | null;
  whole: boolean;                                 // the whole reasoning is asked for
  name: string;                                   // of the kept caller that was opened, or one to suggest
  kept: KeptState[];
  files: { title: string; filename: string; note: string; text: string }[];   // the kept callers as files
  said: string;                                   // what came of loading: "" or a complaint
}
// typed: {revision, caller, fields, kept: [{name, expected}]}
// says: {do:"choose", name} {do:"guess"} {do:"edit"} {do:"whole", whole} {do:"show", path} {do:"apply", id}
//       {do:"keep", name} {do:"open", index} {do:"remove", index} {do:"load", text}

// ---- Views that say when they can be seen; the kernel draws them only then
export interface Seen extends Common { seen: boolean; canTry: boolean }   // canTry: a view that tries callers follows
// says: {do:"open"} {do:"close"}
export interface CallState { who: string; principal: string; action: string; keys: { key: string; name: string; value: string }[] }
                               // name: the key as people call it

// ---- WhoView: "Who gets in"
export interface ShapeState { name: string; attributes: Record<string, string>; children: (ShapeState | string)[] }
export interface WhoCard {
  id: string; parts: { text: string; wide: boolean }[];
  stranger: Truth; word: string; why: string;     // why: why it is not decided, or ""
  call: CallState | null; noCall: string;
  path: Place; statement: string; place: string;
}
export interface WhoState extends Seen {
  cards: WhoCard[];
  nobody: string;                                 // not empty: why there are no cards
  refused: string;                                // not empty: IAM would not save this, so that nobody gets in
  shut: { text: string; path: Place; place: string }[];   // statements that let nobody in
  denies: string[];
  picture: ShapeState | null;
  stale: boolean;
}
// says: {do:"try", id} {do:"show", path}

// ---- ChangesView: "What changed"
export interface OutcomeOfChange {
  which: "gained" | "lost"; found: Truth; sentence: string; call: CallState | null; because: string;
}
export interface ConsequencesState {
  headline: string; same: Truth;                  // same "yes": proved to let in the same calls
  answers: OutcomeOfChange[];
  new: string[]; kept: string[]; gone: string[];  // sentences: who gets in now, still, no longer
  now: string;                                    // what the newer policy is called: "Now", or "After" a fix
  revoke: { note: string; filename: string; text: string } | null;
}
export interface ChangesState extends Seen {
  old: string; new: string; from: string;         // the texts, and what the older one is
  settable: boolean; moved: boolean;              // the reader can choose where to compare from, and did
  unchanged: string; wrong: string;
  consequences: ConsequencesState | null;
  stale: boolean;
}
// says: {do:"from_here"} {do:"from_start"} {do:"try", which}

// ---- TruthTableView: "Guards"
export interface TruthRow {
  name: string; title: string; example: string; several: boolean; surprises: boolean;
  cells: { truth: Truth; word: string }[];
}
export interface TruthState extends Seen {
  choices: { id: string; label: string }[]; chosen: string; place: string; path: Place;
  effect: "Allow" | "Deny"; key: string; values: string;
  operators: { name: string; about: string }[]; form: string;   // as written first; form: the one that is read about
  rows: TruthRow[]; sentence: string; many: string; folded: boolean;
  empty: string; stale: boolean;
}
// says: {do:"choose", id} {do:"form", name} {do:"show", path}

// ---- TrustBuilder: lays out the views; traits, not state
// parts: {grants, summary, form, editor, findings, companions, who, simulator, changes, truth, export, home} as widget references ("IPY_MODEL_<id>")
