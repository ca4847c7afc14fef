"""Writes the pages in docs/, and the types of the browser side, that say what the code says.

`python scripts/docs_pages.py` writes them, `--check` names those that are not current.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import assumption_pages
import exercise_pages
import fact_pages
import pitfall_pages
import wire_types
from trust_widgets.aws import oidc_issuers
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.forms import fields_of
from trust_widgets.providers import (
    PROVIDERS,
    Provider,
    example_answers,
    facts_of,
    issuers_with_form,
    provider_of,
)
from trust_widgets.providers.issuers._saml import ATTRIBUTES, SUB_TYPES

ROOT = Path(__file__).resolve().parent.parent
_NOTE = "<!-- Written by scripts/docs_pages.py. -->"


def main(arguments: list[str]) -> int:
    """Write all pages, or with `--check` name the stale ones; returns the exit status."""
    stale = [name for name, page in PAGES.items() if _text_of(name) != page()]
    for name in stale:
        if "--check" not in arguments:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
        print(name)
    return 1 if stale and "--check" in arguments else 0


def _text_of(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def providers_page() -> str:
    """`docs/providers.md`: who issues tokens, and what is in them."""
    oidc = [provider for provider in PROVIDERS.values() if provider.protocol == "oidc"]
    saml = [provider for provider in PROVIDERS.values() if provider.protocol == "saml"]
    lines = [
        _NOTE,
        "# Issuers of tokens",
        (
            "Whose tokens and assertions the tool reads, what their subjects look like, and which"
            " of this is verified. A shared issuer gives tokens to customers who have nothing to do"
            " with one another: a role that trusts it must say whose tokens it takes."
        ),
        "## OpenID Connect",
        *(line for provider in sorted(oidc, key=_title) for line in _provider(provider)),
        "## SAML",
        *_assertion(),
        *(line for provider in sorted(saml, key=_title) for line in _provider(provider)),
    ]
    return "\n\n".join(lines) + "\n"


def _title(provider: Provider) -> str:
    return provider.title.lower()


def _provider(provider: Provider) -> Iterator[str]:
    yield f"### {provider.title}"
    what, key = (
        ("Issuer", "Audience") if provider.protocol == "oidc" else ("Entity id", "`SAML:aud`")
    )
    issuer = _example_issuer(provider)
    rows = {
        what: (
            f"{_code(provider.issuer)}, for example {_code(issuer)}"
            if "{" in provider.issuer
            else _code(issuer)
        ),
        key: _code(provider.audience) if provider.audience else "each customer's own",
    }
    if provider.protocol == "oidc":
        rows |= _tenancy(provider, issuer)
    yield "\n".join(f"- **{name}:** {text}" for name, text in rows.items())
    yield from _subjects(provider)
    yield provider.setup
    yield from _form(provider)
    yield f"*How sure:* {provider.verified} [The vendor's page]({provider.source})."


def _form(provider: Provider) -> Iterator[str]:
    """How a role for its tokens is made in code, and where the job's configuration is from."""
    name = next(name for name, known in PROVIDERS.items() if known is provider)
    if name not in issuers_with_form():
        return
    answers = ", ".join(f'{key}="{text}"' for key, text in example_answers(name).items())
    call = f'tw.PATTERNS["oidc_service"].build(account="111122223333", issuer="{name}", {answers})'
    form = facts_of(provider).form
    job = (
        f" The job's configuration is from [the vendor's page]({form.job_source}), read on"
        f" {form.job_read_on}."
        if form.job_source
        else ""
    )
    yield f"*In code:* `{call}`.{job}"


def _example_issuer(provider: Provider) -> str:
    if provider.issuer and "{" not in provider.issuer:
        return provider.issuer
    if provider.issuer_from is None:
        return provider.issuer
    return provider.issuer_from(**_usual(provider.issuer_from))


def _usual(function: Callable[..., str], **given: str) -> dict[str, str]:
    """The examples of a function's questions, those that are asked beside the given answers."""
    answers = {f.name: str(f.default or f.question.example) for f in fields_of(function)} | given
    return {f.name: answers[f.name] for f in fields_of(function) if f.is_asked(answers)}


def _demanded(keys: tuple[str, ...]) -> str:
    """The keys of which IAM demands one, and what happens without."""
    if not keys:
        return "none"
    lacking = "it" if len(keys) == 1 else "one of them"
    return f"{' or '.join(map(_code, keys))}: without {lacking} IAM saves no trust policy"


def _tenancy(provider: Provider, issuer: str) -> dict[str, str]:
    known = provider_of(issuer) is not None
    shared = (
        "shared"
        if provider.is_shared(issuer)
        else "each customer's own"
        if known
        else "for you to find out"
    )
    demanded = _demanded(oidc_issuers.control_keys(issuer))
    return {
        "The issuer is": shared,
        "Condition keys": ", ".join(map(_code, provider.claims(issuer))),
        "Key that AWS demands": demanded,
    }


def _subjects(provider: Provider) -> Iterator[str]:
    """One example for each kind of subject that the provider's questions know, in words."""
    if provider.subject is None:
        return
    kinds = next(
        (f.options for f in fields_of(provider.subject) if f.name in ("kind", "runs")), ("",)
    )
    name = next((f.name for f in fields_of(provider.subject) if f.name in ("kind", "runs")), "")
    rows = ["| subject, an example | who that is |", "| --- | --- |"]
    for kind in kinds:
        subject = provider.subject(**_usual(provider.subject, **({name: kind} if name else {})))
        reading = provider.read(subject)
        rows.append(f"| {_code(subject)} | {_plain(reading.words if reading else '')} |")
    yield "\n".join(rows)


def _assertion() -> Iterator[str]:
    """What all SAML providers have in common."""
    yield (
        "AWS reads the same assertion from all of them. `SAML:aud` holds its recipient, which is"
        " the sign-in endpoint and the same for everybody; `SAML:iss` the entity ID; `SAML:sub`"
        f" the NameID; `SAML:sub_type` its format, {' or '.join(map(_code, SUB_TYPES))}, or the"
        " whole URI of another format. A transient NameID is another one in each session."
    )
    rows = [
        "| attribute | holds | needed | action that the trust policy must allow |",
        "| --- | --- | --- | --- |",
    ]
    for one in ATTRIBUTES:
        action = _code(one.action) if one.action else ""
        rows.append(
            f"| {_code(one.name)} | {one.holds} | {'yes' if one.needed else ''} | {action} |"
        )
    yield "\n".join(rows)
    keys = filter(
        key_named,
        ("saml:aud", "saml:iss", "saml:sub", "saml:sub_type", "saml:namequalifier", "saml:doc"),
    )
    yield f"Condition keys of every assertion: {', '.join(map(_code, keys))}."


def _code(text: str) -> str:
    """A text as Markdown's code, also in a table."""
    ticks = "``" if "`" in text else "`"
    return f"{ticks}{text}{ticks}".replace("|", r"\|")


def _plain(text: str) -> str:
    """A text in which no letter is Markdown's."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


PAGES: dict[str, Callable[[], str]] = {
    "docs/assumptions.md": lambda: assumption_pages.page(_NOTE),
    "docs/facts.md": lambda: fact_pages.page(_NOTE),
    "docs/providers.md": providers_page,
    "docs/workshop/exercise-notes.md": lambda: exercise_pages.page(_NOTE),
    "frontend/src/state.ts": wire_types.page,
    **pitfall_pages.pages(_NOTE),
}
"""Each page with the function that says what is in it."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
