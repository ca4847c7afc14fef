// WhoView: who gets in, strangers first, each with a call that shows it, and the picture.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Call } from "./shared/call";
import { Stale, Told } from "./shared/parts";
import { Picture } from "./picture";
import { turnTo } from "./shared/seen";
import type { Place, Truth, WhoCard, WhoMessage, WhoState } from "./state";
import { part } from "./shared/part";
import { say, type Shown } from "./shared/view";

// By word and sign, never by colour alone.
const STRANGERS: Record<Truth, string> = { yes: "⚠", no: "✓", unknown: "?" };

function Who({ state, model, alive }: Shown<WhoState, WhoMessage>): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const act = (id: string) => { say(model, { do: "try", id }); turnTo(root.current, "simulator"); };
  const show = (path: Place) => { if (alive) say(model, { do: "show", path }); };
  return (
    <div class={`tw-in ${state.stale ? "tw-old" : ""} ${state.refused ? "tw-in-refused" : ""}`} role="group" aria-label="Who gets in" ref={root}>
      <Stale stale={state.stale} what="Who gets in, by the words" />
      {state.refused && <p class="tw-warning">{state.refused}</p>}
      {state.nobody && <p>{state.nobody}</p>}
      <ul class="tw-in-cards">
        {state.cards.map((card) => <Card key={card.id} {...{ card, alive, show }} act={state.canTry ? () => act(card.id) : undefined} />)}
      </ul>
      {state.denies.map((words) => <p class="tw-denied"><span aria-hidden="true">⊘ </span>{words}</p>)}
      {state.shut.map(({ text, path, place }) => (
        <p class="tw-shut">
          <span aria-hidden="true">✕ </span>{text}{" "}
          {place && <button type="button" class="tw-find-show" disabled={!alive} title="Show in the editor" onClick={() => show(path)}>{place}</button>}
        </p>
      ))}
      {state.picture && <figure class="tw-picture"><Picture shape={state.picture} /></figure>}
      <Told words={toldOf(state)} />
    </div>
  );
}

function Card({ card, alive, show, act }: {
  card: WhoCard; alive: boolean; show: (path: Place) => void; act?: () => void;
}): JSX.Element {
  return (
    <li class={`tw-in-card tw-stranger-${card.stranger}`}>
      <p class="tw-in-head">
        <span class="tw-in-word"><span aria-hidden="true">{STRANGERS[card.stranger]}</span> {card.word}</span>{" "}
        <button type="button" class="tw-find-show" disabled={!alive || !card.place} title="Show in the editor"
          onClick={() => show(card.path)}>{card.statement}{card.place && `, ${card.place}`}</button>
      </p>
      <p class="tw-in-who">{card.parts.map(({ text, wide }) => (wide ? <b>{text}</b> : text))}</p>
      {card.why && <p class="tw-help">{card.why}</p>}
      {card.call ? <Call call={card.call} alive={alive} act={act} /> : <p class="tw-help">{card.noCall}</p>}
    </li>
  );
}

/** For screen readers, when the answer changes. */
function toldOf({ cards, nobody, refused }: WhoState): string {
  const strangers = cards.filter(({ stranger }) => stranger === "yes").length;
  if (!cards.length) return nobody;
  const kinds = cards.length === 1 ? "1 kind of caller gets in" : `${cards.length} kinds of callers get in`;
  return `${refused && `${refused} `}${kinds}, ${strangers} with strangers. ${cards[0].parts.map(({ text }) => text).join("")}`;
}

export const whoPart = part<WhoState, WhoMessage>("whoview", Who, "cards", { lazy: true });
