// A call that shows something: who calls, what it brings, and the button that tries it.
import type { JSX } from "preact";
import { breakable } from "./parts";
import type { CallState } from "../state";

/** `act` tries the call; without it nothing here can. What the call brings is folded away where there are many. */
export function Call({ call, alive, act, folded = false }: {
  call: CallState; alive: boolean; act?: () => void; folded?: boolean;
}): JSX.Element {
  return (
    <div class="tw-call">
      <details open={!folded}>
        <summary><span class="tw-call-eg">For example</span> {breakable(call.who)}</summary>
        <Brings call={call} />
      </details>
      {act && (
        <button type="button" class="tw-main" disabled={!alive} onClick={act}>
          Try this caller<span class="tw-unseen">: {call.who}</span>
        </button>
      )}
    </div>
  );
}

/** Who calls and what, with the keys that the call brings. */
export function Brings({ call }: { call: CallState }): JSX.Element {
  return (
    <dl class="tw-brings">
      <Pair term="Caller" text={call.principal} />
      <Pair term="Action" text={call.action} />
      {call.keys.map(({ key, name, value }) => <Pair term={name} title={key} text={value} code />)}
    </dl>
  );
}

function Pair({ term, text, code, title }: { term: string; text: string; code?: boolean; title?: string }): JSX.Element {
  return <div><dt title={title}>{code ? <code>{breakable(term)}</code> : term}</dt><dd><code>{breakable(text)}</code></dd></div>;
}
