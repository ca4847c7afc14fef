// Written by scripts/docs_pages.py from trust_widgets/views/state/.

// ---- The joint between kernel and browser: what each view draws, types, and hears.
//
// The kernel alone writes `state`, the browser alone writes `typed`. All positions are in UTF-16
// units of the text with every line break counted as one.

export type VerdictName = "refused" | "dead" | "open" | "advice";

export type OutcomeName = "allowed" | "not allowed" | "denied" | "depends" | "invalid";

export type Truth = "yes" | "no" | "unknown";

// A path in the policy.
export type Place = (string | number)[];

export type FieldValue = string | boolean | string[];

// An exception in the kernel, shown in the view.
export interface FaultState {
  title: string;
  detail: string;
}

// What every state has.
export interface Common {
  // Of the newest `typed` that this state has taken in; older echoes are never drawn over newer typing.
  revision: number;
  fault: FaultState | null;
}

// What every state has of a view that is drawn only while it is visible.
export interface Seen extends Common {
  seen: boolean;
  // A view that tries callers follows.
  canTry: boolean;
}

// A value with the label that the reader sees.
export interface Option {
  value: string;
  label: string;
}

// A name with the title that the reader sees.
export interface Titled {
  name: string;
  title: string;
}

// A kind of grant or of caller, in a picker.
export interface TitledKind extends Titled {
  about: string;
}

// A file to copy or to download.
export interface TextFile {
  filename: string;
  note: string;
  text: string;
}

// A file in a tab.
export interface TitledFile extends TextFile {
  title: string;
}

// What to say about the file that was saved last.
export interface SavedState {
  filename: string;
  said: string;
  // Another file of that name is there: it is replaced only if the reader asks for it.
  exists: boolean;
}

// A part of a sentence.
export interface TextPart {
  text: string;
  // Drawn in bold: it matches more than one caller.
  wide: boolean;
}

// A question of a form as a control.
export interface FieldState {
  name: string;
  label: string;
  help: string;
  example: string;
  kind: "text" | "choice" | "flag" | "list";
  value: FieldValue;
  complaint: string;
  optional: boolean;
  more: boolean;
  // For a choice.
  options: Option[];
  // For text and list: the name of the table of what is offered while typing, or empty.
  suggestions: string;
  // May be drawn next to its neighbor.
  half: boolean;
  // Belongs to the role (account), not to the grant.
  role: boolean;
  // A text of many lines.
  long: boolean;
  // A button makes an answer.
  generates: boolean;
  // The answers that the text may represent, to choose from.
  candidates: string[];
  // What was typed was not taken in, and may hold a secret: `value` is empty, and the browser alone keeps the text.
  withheld: boolean;
}

// A range of the text.
export interface Span {
  from: number;
  to: number;
}

// One replacement in the text.
export interface TextChange extends Span {
  title: string;
  insert: string;
}

// A context key of a request with its value.
export interface KeyState {
  key: string;
  // The key as people call it.
  name: string;
  value: string;
}

// A request as a reader takes it.
export interface CallState {
  who: string;
  principal: string;
  action: string;
  keys: KeyState[];
}

// ---- What is the same for every view, and travels with the code.

// Words for completion.
export interface Vocabulary {
  elements: string[];
  topElements: string[];
  principals: string[];
  effects: string[];
  actions: string[];
  operators: string[];
  keys: string[];
  services: string[];
  versions: string[];
}

// Patterns in the picker.
export interface PatternGroup {
  title: string;
  patterns: TitledKind[];
}

// Kinds of callers in the picker.
export interface CallerGroup {
  title: string;
  callers: TitledKind[];
}

// The tables.
export interface Tables {
  vocabulary: Vocabulary;
  // To switch a grant to.
  patterns: Titled[];
  patternGroups: PatternGroup[];
  callerGroups: CallerGroup[];
  // Offered while typing; a question names its own.
  suggestions: Record<string, Option[]>;
  // Of the picture's root.
  pictureStyle: string;
}

// ---- The states of findings, and of what a change does to who can assume the role.

// A caller whom a finding is about.
export interface FindingCaller {
  text: string;
  // A few words why, or empty.
  hostile: string;
}

// A finding at its place in the text.
export interface Mark extends Span {
  id: string;
  // The verdict, with the severity of what is open.
  label: string;
  verdict: VerdictName;
  message: string;
  line: number;
  fix: TextChange | null;
}

// A finding with all that is said of it.
export interface Spot extends Mark {
  code: string;
  name: string;
  severity: string;
  // "line 14" or "document".
  place: string;
  callers: FindingCaller[];
  fine: string;
  source: string;
  // About this mistake.
  page: string;
  assumptions: string[];
  // Not empty: the reason for which the reader has accepted it; it is not counted.
  accepted: string;
  // What keeps the text from being read is not.
  acceptable: boolean;
  // Other fixes, where there is a choice.
  others: TextChange[];
  // How many findings may follow when it is fixed.
  heldBack: number;
  // The value at its place, perhaps shortened: an acceptance is of that.
  value: string;
}

// A finding as a card.
export interface FindingState extends Spot {
  // How many of its kind can be fixed at once; 0: it is the only one.
  alike: number;
  // About the acceptance that was not taken: reason, until.
  complaints: Record<string, string>;
}

// Whether a change gives or takes access.
export interface ChangeAnswer {
  which: "gained" | "lost";
  found: Truth;
  sentence: string;
  call: CallState | null;
  because: string;
}

// What a change does to who can assume the role.
export interface ConsequencesState {
  headline: string;
  // "yes": proved to allow the same requests.
  same: Truth;
  answers: ChangeAnswer[];
  // Sentences: who can assume the role now; `kept`: still; `gone`: no longer.
  new: string[];
  kept: string[];
  gone: string[];
  // What the newer policy is called: "Now", or "After" a fix.
  now: string;
  revoke: TextFile | null;
}

// A fix that was opened.
export interface WeighedState {
  consequences: ConsequencesState | null;
  // Of all findings of a kind; none for a single finding.
  change: TextChange | null;
}

// FindingsView: the findings as cards.
export interface FindingsState extends Common {
  // Their positions refer to the widget's `text`.
  findings: FindingState[];
  counts: Record<VerdictName, number>;
  // For screen readers: "2 too permissive, 1 note. Worst: ...".
  said: string;
  // What to say when there are none.
  none: string;
  // A view that tries callers follows.
  canTry: boolean;
  // Of fixes that were opened, by the finding's ID, and by its code for all of a kind.
  weighed: Record<string, WeighedState>;
}

// The older text, and what it is.
export interface OlderText {
  old: string;
  from: string;
}

// ChangesView: "What changed".
export interface ChangesState extends Seen, OlderText {
  new: string;
  // The reader can choose where to compare from; `moved`: and did.
  settable: boolean;
  moved: boolean;
  unchanged: string;
  wrong: string;
  consequences: ConsequencesState | null;
  stale: boolean;
}

// ---- The states of the views that write the policy: grants, summary, form, editor, other files.

// A grant as a chip.
export interface ChipState {
  label: string;
  title: string;
  unfinished: boolean;
  byHand: boolean;
}

// GrantsView: "Who may assume this role?", the chips and the picker.
export interface GrantsState extends Common {
  chips: ChipState[];
  // -1: none.
  selected: number;
  // The text does not parse: chips cannot be clicked.
  stale: boolean;
}

// The icon next to the sentence.
export type Mood = "good" | "warn" | "bad" | "empty";

// SummaryView: the sentence.
export interface SummaryState extends Common {
  // Joined they are the sentence.
  parts: TextPart[];
  // The sentence with all items of its lists; empty where `parts` have them.
  whole: string;
  mood: Mood;
  stale: boolean;
  // As in the editor.
  behind: boolean;
}

// A condition of the grant.
export interface GuardState {
  label: string;
  key: string;
  operator: string;
  values: string[];
  complaint: string;
  help: string;
  // A named kind: only its value is a question; for others key, operator and values are.
  named: boolean;
  // Its value is the only one that makes sense, so the form does not show it.
  fixed: boolean;
  // A button makes a value.
  generates: boolean;
  // This caller can never have this key, because ...
  warning: string;
}

// A condition that can be added.
export interface GuardOffer {
  // `any` is "any key".
  name: string;
  label: string;
  key: string;
  recommended: boolean;
  // Why it is recommended; for one that is not, if not empty, why it is grayed.
  reason: string;
}

// What the form of one grant holds.
export interface GrantForm {
  title: string;
  about: string;
  fields: FieldState[];
  // Conditions that the pattern always writes, as text: "aud = sts.amazonaws.com".
  fixed: string[];
  guards: GuardState[];
  offers: GuardOffer[];
}

// FormView: the selected grant.
export interface FormState extends Common, GrantForm {
  grant: number;
  pattern: string;
  // Not empty: why the form is disabled (the text does not parse).
  locked: string;
  // Not empty: the JSON of a statement that no pattern recognizes, shown instead of fields.
  byHand: string;
  // No grant yet.
  empty: boolean;
  // Grows when a grant was added: put the focus into the first question.
  asked: number;
}

// A condition as typed.
export interface TypedGuard {
  key: string;
  operator: string;
  values: string[];
}

// What FormView's browser side types.
export interface FormTyped {
  grant: number;
  pattern: string;
  fields: Record<string, FieldValue>;
  guards: TypedGuard[];
  // The field into which the newest text was pasted; or empty.
  pasted: string;
}

// When `count` grows: put the cursor there and scroll.
export interface ShownPlace extends Span {
  count: number;
}

// EditorView: the text.
export interface EditorState extends Common {
  text: string;
  // The text parses.
  good: boolean;
  // Why the text is not what the form says, or cannot be read; or empty.
  status: string;
  // The text is that of older answers, since the newest are incomplete.
  behind: boolean;
  // What the unfinished entry is about to write, with gaps; or empty.
  preview: string;
  spots: Mark[];
  size: number;
  quota: number;
  sizeNote: string;
  canUndo: boolean;
  canRedo: boolean;
  filename: string;
  // CSS: greatest height of the editor.
  height: string;
  goTo: ShownPlace;
  // The statements of the selected grant, where there are several. When `count` grows: scroll.
  selected: ShownPlace;
  saved: SavedState | null;
  canSave: boolean;
}

// What EditorView's browser side types.
export interface EditorTyped {
  text: string;
}

// CompanionsView: "The other half".
export interface CompanionsState extends Seen {
  companions: TitledFile[];
  // What to say when there are none.
  empty: string;
  stale: boolean;
}

// The role in one form.
export interface ExportedFile extends TextFile {
  name: string;
  title: string;
  language: string;
  source: string;
}

// ExportView: the role in the forms that tools take it in.
export interface ExportState extends Seen {
  // Role name, path, longest session, account.
  fields: FieldState[];
  // Only the chosen one has its text.
  exports: ExportedFile[];
  chosen: string;
  stale: boolean;
  // Not empty: why there is nothing to export yet.
  blocked: string;
}

// What ExportView's browser side types.
export interface ExportTyped {
  fields: Record<string, FieldValue>;
}

// An accepted finding, as kept in trust-home.toml.
export interface AcceptedKey {
  code: string;
  reason: string;
  // An ISO date, or empty.
  until: string;
  // A place, or empty for any.
  where: string;
  // A value, or empty for any.
  value: string;
}

// An accepted finding as a row.
export interface AcceptedState extends AcceptedKey {
  // It counts no more.
  over: boolean;
}

// HomeView: what is the reader's own, as kept in trust-home.toml.
export interface HomeState extends Seen {
  // Accounts, organization, github_owners, vendors.
  fields: FieldState[];
  accepted: AcceptedState[];
  filename: string;
  text: string;
  saved: SavedState | null;
  canSave: boolean;
}

// What HomeView's browser side types.
export interface HomeTyped {
  fields: Record<string, FieldValue>;
}

// TrustBuilder: lays out the views; its trait `parts` holds them as references.
export interface BuilderState extends Common {
}

// ---- The state of the view in which a caller is tried, and what is typed there.

// A text in which is marked what differs from the other side.
export interface DiffTextState {
  before: string;
  differs: string;
  after: string;
}

// What the request has next to what the policy requires.
export interface ComparedRow {
  label: string;
  // The condition key in full, or empty.
  key: string;
  // The operator, or empty.
  how: string;
  truth: Truth;
  path: Place;
  has: DiffTextState[];
  // Notes are words of ours: "not in the call", "anything but".
  hasNote: string;
  wants: DiffTextState[];
  wantsNote: string;
  // Values of the policy that are not shown.
  more: number;
}

// A reason with those that it rests on.
export interface ReasonNode {
  text: string;
  truth: Truth;
  path: Place;
  // "line 14" or empty.
  place: string;
  parts: ReasonNode[];
}

// A question of the form.
export interface FieldName {
  name: string;
  label: string;
}

// An answer that the policy alone put into the form, and that matters.
export interface GuessState extends FieldName {
  value: string;
}

// One thing that would have to change.
export interface AnswerChange {
  id: string;
  where: "policy" | "caller" | "elsewhere";
  text: string;
  fix: TextChange | null;
  // What is to be said of the request; `field`: where in the form.
  about: string;
  field: FieldName | null;
}

// What the decision assumes.
export interface AssumptionState {
  text: string;
  open: string;
  source: string;
}

// The decision about the request.
export interface AnswerState {
  // What AWS said when it refused the request, with what follows; or empty.
  refusal: string;
  guesses: GuessState[];
  // The changes are all things to be said of the request.
  settles: boolean;
  // The form in which to say what the pasted text leaves open, or empty.
  sayMore: string;
  outcome: OutcomeName;
  word: string;
  because: string;
  // Of the statement that decides; empty: none.
  title: string;
  path: Place;
  place: string;
  deny: boolean;
  rows: ComparedRow[];
  changes: AnswerChange[];
  assumptions: AssumptionState[];
  // None until the reader opens it.
  tree: ReasonNode | null;
}

// A saved caller as a row.
export interface KeptState {
  name: string;
  title: string;
  // There is a form for it.
  opens: boolean;
  expected: OutcomeName | "";
  options: Option[];
  // Empty: it makes no request any more.
  outcome: OutcomeName | "";
  word: string;
  agrees: boolean;
  // Why, or what of it is unknown.
  note: string;
}

// A request that another view handed over.
export interface RawState {
  call: CallState;
  // The form that can make it, or empty.
  editAs: string;
}

// The saved callers.
export interface BenchState {
  // Of the saved caller that was opened, or one to suggest.
  name: string;
  kept: KeptState[];
  // The saved callers as files.
  files: TitledFile[];
  // What came of loading: empty, or a complaint.
  said: string;
  saved: SavedState | null;
  canSave: boolean;
}

// SimulatorView: "Try a caller", one request against the policy.
export interface SimulatorState extends Seen, BenchState {
  // Empty as long as none was chosen.
  caller: string;
  raw: RawState | null;
  title: string;
  about: string;
  note: string;
  source: string;
  // The form can be filled such that the policy allows the caller.
  guesses: boolean;
  fields: FieldState[];
  // Not empty: why there is no answer.
  wrong: string;
  // About the request: that a token has expired.
  remarks: string[];
  stale: boolean;
  // What the fixes are shown as a diff against.
  text: string;
  answer: AnswerState | null;
  // The whole reasoning is open.
  whole: boolean;
}

// A saved caller as typed.
export interface TypedKept {
  name: string;
  expected: string;
}

// What SimulatorView's browser side types.
export interface SimulatorTyped {
  caller: string;
  fields: Record<string, FieldValue>;
  kept: TypedKept[];
}

// ---- The states of the views about all requests: who can assume the role, and truth tables.

// A shape of the picture: its name, its attributes, and what is in it.
export type ShapeState = (string | Record<string, string> | ShapeState)[];

// A class of callers who can assume the role.
export interface WhoCard {
  id: string;
  parts: TextPart[];
  // The sentence with all items of its lists; empty where `parts` have them.
  whole: string;
  stranger: Truth;
  word: string;
  // Why it is not decided, or empty.
  why: string;
  // Whose they are decides it, and the reader can say so.
  accounts: string[];
  call: CallState | null;
  noCall: string;
  path: Place;
  statement: string;
  place: string;
}

// A statement that allows no request.
export interface ShutState {
  text: string;
  path: Place;
  place: string;
}

// WhoView: "Who gets in".
export interface WhoState extends Seen {
  cards: WhoCard[];
  // Not empty: why there are no cards.
  nobody: string;
  // Not empty: IAM would not save this policy.
  refused: string;
  shut: ShutState[];
  denies: string[];
  picture: ShapeState | null;
  stale: boolean;
  // As in the editor.
  behind: boolean;
}

// The result of one operator in one case.
export interface TruthCell {
  truth: Truth;
  word: string;
}

// A case of the truth table.
export interface TruthRow {
  name: string;
  title: string;
  example: string;
  several: boolean;
  surprises: boolean;
  cells: TruthCell[];
}

// A condition of the policy.
export interface ConditionChoice {
  id: string;
  label: string;
}

// A variant of the operator.
export interface OperatorForm {
  name: string;
  about: string;
}

// One condition's table.
export interface TruthTableState {
  effect: "Allow" | "Deny";
  key: string;
  values: string;
  // As written first.
  operators: OperatorForm[];
  // The variant that is explained.
  form: string;
  rows: TruthRow[];
  sentence: string;
  many: string;
  folded: boolean;
  empty: string;
}

// TruthTableView: "Conditions".
export interface TruthState extends Seen, TruthTableState {
  choices: ConditionChoice[];
  chosen: string;
  place: string;
  path: Place;
  stale: boolean;
}

// ---- The caller's own half.

// Something wrong in the caller's policy.
export interface PermissionFinding {
  code: string;
  verdict: string;
  message: string;
  place: string;
}

// PermissionsView: the caller's policy, decided together with the trust policy.
export interface PermissionsState extends Seen {
  // The caller's ARN and its permissions policy.
  fields: FieldState[];
  // The ARN that the policy is decided for.
  role: string;
  // Why this caller has no second half, or empty.
  none: string;
  // Empty while there is nothing to decide.
  outcome: string;
  because: string;
  changes: string[];
  findings: PermissionFinding[];
  stale: boolean;
}

// What PermissionsView's browser side types.
export interface PermissionsTyped {
  fields: Record<string, FieldValue>;
}

// ---- The state of the view of an exercise.

// A caller of the story.
export interface ExerciseCaller {
  caller: string;
  // The caller has to be able to assume the role.
  must: boolean;
  // Whether the answer decides this caller as the task says; `null` while it is no policy.
  right: Truth | null;
  because: string;
}

// What the answer is.
export type Grade = "right" | "wrong" | "unreadable" | "refused" | "undecided";

// What the file of attempts says about this exercise.
export interface ExerciseProgress {
  passed: boolean;
  tries: number;
  // Where the file is; empty where nothing is written.
  path: string;
  // The name of the file next to it that has the answers.
  answers: string;
  // Why it could not be written, or empty.
  wrong: string;
}

// The caller's half.
export interface ExercisePermission {
  brief: string;
  // One: the caller's permissions policy.
  fields: FieldState[];
  grade: Grade;
  message: string;
  because: string;
  // Empty until they are requested.
  solutions: string[];
}

// ExerciseView: a task, the answer's grade, hints.
export interface ExerciseState extends Common {
  label: string;
  title: string;
  minutes: number;
  brief: string;
  // Grows when the answer changes.
  edition: number;
  // The grade is of an earlier text: ask for a new one when the reader pauses.
  stale: boolean;
  grade: Grade;
  message: string;
  because: string;
  callers: ExerciseCaller[];
  // What is known of all other requests.
  others: string;
  // A request that is not in the story and shows what is wrong.
  witness: CallState | null;
  // Those that were requested.
  hints: string[];
  hintsLeft: number;
  // Empty until they are requested.
  solutions: string[];
  reading: string[];
  // The answer is the policy to begin with.
  isStart: boolean;
  permission: ExercisePermission | null;
  progress: ExerciseProgress;
}

// What is typed besides the editor's text.
export interface ExerciseTyped {
  fields: Record<string, FieldValue>;
}

// ---- Where the policy comes from.

// An expression that the file does not say.
export interface NotKnown {
  expression: string;
  place: string;
  reason: string;
}

// What writing the policy back would change: an excerpt of the file, and the change in it.
export interface FilePreview {
  text: string;
  change: TextChange;
  also: string;
}

// The file that the policy was read from, or the roles of a text that was pasted.
export interface SourceState extends Common {
  // The role's name in the file; empty without a file.
  title: string;
  place: string;
  notKnown: NotKnown[];
  note: string;
  // Whether the policy says something else than the file.
  changed: boolean;
  canWrite: boolean;
  preview: FilePreview | null;
  // What was done, or why it was not.
  said: string;
  // The roles of a text that was pasted.
  choices: string[];
}

// ---- What each view's browser side sends.

export type ChangesMessage =
  | { do: "close" }
  | { do: "from_here" }
  | { do: "from_start" }
  | { do: "open" }
  | { do: "show"; path: (string | number)[] }
  | { do: "try"; which: string };

export type CompanionsMessage =
  | { do: "close" }
  | { do: "open" }
  | { do: "show"; path: (string | number)[] };

export type EditorMessage =
  | { do: "fix"; id: string }
  | { do: "format" }
  | { do: "redo" }
  | { do: "save"; filename: string; replace?: boolean }
  | { do: "select"; offset: number }
  | { do: "undo" };

export type ExerciseMessage =
  | { do: "forget" }
  | { do: "grade" }
  | { do: "hint" }
  | { do: "restart" }
  | { do: "solution" }
  | { do: "use"; number: number };

export type ExportMessage =
  | { do: "choose"; name: string }
  | { do: "close" }
  | { do: "open" }
  | { do: "show"; path: (string | number)[] };

export type FindingsMessage =
  | { do: "accept"; id: string; reason: string; until?: string }
  | { do: "fix"; id: string; which?: number }
  | { do: "fix_all"; id: string }
  | { do: "show"; id: string }
  | { do: "take_back"; id: string }
  | { do: "try"; name: string; which: string }
  | { do: "weigh"; id: string; which?: number };

export type FormMessage =
  | { do: "add_guard"; name: string }
  | { do: "discard" }
  | { do: "generate"; name: string }
  | { do: "generate_guard"; index: number }
  | { do: "remove_guard"; index: number }
  | { do: "switch"; pattern: string };

export type GrantsMessage =
  | { do: "add"; pattern: string }
  | { do: "remove"; index: number }
  | { do: "select"; index: number };

export type HomeMessage =
  | { do: "close" }
  | { do: "open" }
  | { do: "save"; filename: string; replace?: boolean }
  | { do: "show"; path: (string | number)[] }
  | { do: "take_back"; code: string; reason: string; until?: string; where?: string; value?: string };

export type PermissionsMessage =
  | { do: "close" }
  | { do: "open" }
  | { do: "show"; path: (string | number)[] };

export type SimulatorMessage =
  | { do: "apply"; id: string }
  | { do: "choose"; name: string }
  | { do: "close" }
  | { do: "edit" }
  | { do: "guess" }
  | { do: "keep"; name: string }
  | { do: "load"; text: string }
  | { do: "open" }
  | { do: "open_kept"; index: number }
  | { do: "remove"; index: number }
  | { do: "save"; filename: string; replace?: boolean }
  | { do: "show"; path: (string | number)[] }
  | { do: "whole"; whole: boolean };

export type SourceMessage =
  | { do: "cancel" }
  | { do: "choose"; index: number }
  | { do: "preview" }
  | { do: "write" };

export type SummaryMessage = never;

export type TruthTableMessage =
  | { do: "choose"; id: string }
  | { do: "close" }
  | { do: "form"; name: string }
  | { do: "open" }
  | { do: "show"; path: (string | number)[] };

export type WhoMessage =
  | { do: "close" }
  | { do: "mine"; account: string }
  | { do: "open" }
  | { do: "show"; path: (string | number)[] }
  | { do: "try"; id: string }
  | { do: "vendor"; account: string };
