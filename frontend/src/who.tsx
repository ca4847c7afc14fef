// WhoView: who gets in, strangers first, each with a call that shows it, and the picture.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { wholeCard } from "./shared/blank";
import { Call } from "./shared/call";
import { Clamped, Fold, Stale, Told } from "./shared/parts";
import { Picture } from "./picture";
import { turnTo } from "./shared/seen";
import type { Place, ShapeState, Truth, WhoCard, WhoMessage, WhoState } from "./state";
import { part } from "./shared/part";
import { say, type Shown } from "./shared/view";

// By word and sign, never by colour alone.
const STRANGERS: Record<Truth, string> = { yes: "⚠", no: "✓", unknown: "?" };

const LONG = 200;     // characters of a card that are shown at once
const ACCOUNTS = 5;   // of a card, shown at once
const CARDS = 6;      // shown at once; more are folded away
const STILL = 100;    // milliseconds without a change until the picture follows
const PICTURED = 6;   // callers up to which the picture is short enough to stand there unasked

function Who({ state, model, alive }: Shown<WhoState, WhoMessage>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const [whole, showAll] = useState(false);
  const every = state.cards.map(wholeCard);
  const many = every.length > CARDS + 1;
  const cards = many && !whole ? every.slice(0, CARDS) : every;
  const act = (id: string) => { say(model, { do: "try", id }); turnTo(root.current, "simulator"); };
  const tell = (message: WhoMessage) => { say(model, message); root.current?.focus(); };
  const show = (path: Place) => { if (alive) say(model, { do: "show", path }); };
  return (
    <div class={`tw-in ${state.stale || state.behind ? "tw-old" : ""} ${state.refused ? "tw-in-refused" : ""}`} role="group" aria-label="Who gets in" tabIndex={-1} ref={root}>
      <Stale stale={state.stale} behind={state.behind} />
      {state.refused && <p class="tw-warning">{state.refused}</p>}
      {state.nobody && <p>{state.nobody}</p>}
      <ul class={`tw-in-cards ${state.cards.length === 1 ? "tw-in-one" : ""}`}>
        {cards.map((card) => <Card key={card.id} {...{ card, alive, show, tell }} folded={state.cards.length > 1} act={state.canTry ? () => act(card.id) : undefined} />)}
      </ul>
      {many && (
        <button type="button" class="tw-quiet" aria-expanded={whole} onClick={() => showAll(!whole)}>
          {whole ? `Show the first ${CARDS}` : `Show all ${state.cards.length}`}
        </button>
      )}
      {state.denies.map((words) => <p class="tw-denied"><span aria-hidden="true">⊘ </span>{words}</p>)}
      {state.shut.map(({ text, path, place }) => (
        <p class="tw-shut">
          <span aria-hidden="true">✕ </span>{text}{" "}
          {place && <button type="button" class="tw-find-show" disabled={!alive} title="Show in the editor" onClick={() => show(path)}>{place}</button>}
        </p>
      ))}
      {state.picture && <Drawn shape={state.picture} long={state.cards.length > PICTURED || every.some((card) => card.whole !== "" || wordsOf(card).length > LONG)} />}
      <Told words={toldOf(state)} />
    </div>
  );
}

function Drawn({ shape, long }: { shape: ShapeState; long: boolean }): JSX.Element {
  const content = useSettled(JSON.stringify(shape));
  const figure = useMemo(
    () => <figure class="tw-picture" tabIndex={0} aria-label="Who can assume the role, as a picture"><Picture key={content} shape={JSON.parse(content) as ShapeState} /></figure>, [content],
  );
  return long ? <Fold title="Show it as a picture">{figure}</Fold> : figure;
}

/** A text once it has stood still for a moment: a picture is made anew, which no key should wait for. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), STILL);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

type Tell = (message: WhoMessage) => void;

/** The accounts of which only the reader knows whose they are; of many the first. */
function Accounts({ accounts, alive, tell }: { accounts: string[]; alive: boolean; tell: Tell }): JSX.Element {
  const [whole, showAll] = useState(false);
  const many = accounts.length > ACCOUNTS + 1;
  const shown = many && !whole ? accounts.slice(0, ACCOUNTS) : accounts;
  return (
    <>
      {shown.map((account) => <Whose key={account} {...{ account, alive, tell }} alone={accounts.length === 1} />)}
      {many && (
        <button type="button" class="tw-quiet" aria-expanded={whole} onClick={() => showAll(!whole)}>
          {whole ? `Show the first ${ACCOUNTS}` : `Show all ${accounts.length}`}<span class="tw-unseen"> accounts</span>
        </button>
      )}
    </>
  );
}

/** An account of which only the reader knows whose it is. */
function Whose({ account, alone, alive, tell }: { account: string; alone: boolean; alive: boolean; tell: Tell }): JSX.Element {
  const words = <span class="tw-unseen">: account {account}</span>;
  const mine = alone ? <>This account is mine{words}</> : `${account} is mine`;
  const vendor = alone ? <>It is a vendor of ours{words}</> : `${account} is a vendor of ours`;
  return (
    <p class="tw-whose">
      <button type="button" class="tw-main" disabled={!alive} onClick={() => tell({ do: "mine", account })}>{mine}</button>{" "}
      <button type="button" class="tw-main" disabled={!alive} onClick={() => tell({ do: "vendor", account })}>{vendor}</button>
    </p>
  );
}

function Card({ card, alive, show, folded, tell, act }: {
  card: WhoCard; alive: boolean; show: (path: Place) => void; folded: boolean; tell: Tell; act?: () => void;
}): JSX.Element {
  return (
    <li class={`tw-in-card tw-stranger-${card.stranger}`}>
      <p class="tw-in-head">
        <span class="tw-in-word"><span aria-hidden="true">{STRANGERS[card.stranger]}</span> {card.word}</span>{" "}
        <button type="button" class="tw-find-show" disabled={!alive || !card.place} title="Show in the editor"
          onClick={() => show(card.path)}>{card.statement}{card.place && `, ${card.place}`}</button>
      </p>
      <div class="tw-in-who">
        <Clamped words={wordsOf(card)} all={card.whole} what="this caller" long={LONG}>
          {card.parts.map(({ text, wide }) => (wide ? <b>{text}</b> : text))}
        </Clamped>
      </div>
      {card.why && <p class="tw-help">{card.why}</p>}
      <Accounts accounts={card.accounts} {...{ alive, tell }} />
      {card.call ? <Call call={card.call} {...{ alive, act, folded }} /> : <p class="tw-help">{card.noCall}</p>}
    </li>
  );
}

const wordsOf = ({ parts }: WhoCard) => parts.map(({ text }) => text).join("");

/** For screen readers, when the answer changes. */
function toldOf({ cards, nobody, refused }: WhoState): string {
  const strangers = cards.filter(({ stranger }) => stranger === "yes").length;
  if (!cards.length) return nobody;
  const kinds = cards.length === 1 ? "1 kind of caller can assume this role" : `${cards.length} kinds of callers can assume this role`;
  return `${refused && `${refused} `}${kinds}, ${strangers} with external access. ${wordsOf(cards[0])}`;
}

export const whoPart = part<WhoState, WhoMessage>("whoview", Who, "cards", { lazy: true });
