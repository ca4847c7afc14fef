"""AWS's message of a refused call, found in whatever holds it: a log, JSON, a page, a terminal.

"User: ARN is not authorized to perform: sts:AssumeRole on resource: ARN because ...".
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from trust_widgets.aws.actions import SESSION_ACTIONS
from trust_widgets.aws.arns import ACCOUNT_ID, arn_of
from trust_widgets.callers.access_denied import Refusal, refusal_in
from trust_widgets.callers.jwt import without_jwts
from trust_widgets.text.logs import MASK, as_sent, as_written

LONGEST_NAME = 64  # characters of a user's, role's or session's name
LONGEST = 40_000  # characters that are read; a message has some hundreds
ACTIONS = ("sts:AssumeRole", *SESSION_ACTIONS)
_AS_AWS_WRITES = {action.lower(): action for action in ACTIONS}
_QUOTES = r"[\s\"'“”‘’(<]{0,3}"
_AROUND = r"[\s\"'“”‘’)>,]{0,3}"
_ARN = r"arn:[^\s\"'“”‘’<>\\]{1,1300}+"
_REFUSED = re.compile(
    rf"(?:User:{_QUOTES})?(?P<caller>{_ARN}|\*\*\*){_AROUND}is not authorized to perform:?"
    rf"{_QUOTES}(?P<action>[\w-]{{1,40}}:\w{{1,60}}){_AROUND}"
    rf"(?:on resource:?{_QUOTES}(?P<role>{_ARN}|\*\*\*))?",
    re.IGNORECASE,
)
# Names and paths hold these characters alone; whatever follows belongs to the text around.
_IAM_ARN = re.compile(r"arn:[^:\s]*:[^:\s]*:[^:\s]*:[^:\s]*:[\w+=,.@/*-]*", re.ASCII)
_WHOLE_ARN = re.compile(
    rf"arn:[\w-]+:(?:iam|sts)::(?:{ACCOUNT_ID}|\*\*\*):"
    r"(?:root|(?:user|role|federated-user)/.+|assumed-role/[^/]+/.+)",
    re.ASCII,
)
_SOFT_BREAK = re.compile(r"=\r?\n")  # of mails, https://www.rfc-editor.org/rfc/rfc2045#section-6.7
_NEXT = re.compile(r"User:|\bis not authorized to perform", re.IGNORECASE)


class RefusedMessage(NamedTuple):
    """What one message of AWS says.

    Args:
        caller: the ARN of the caller, with `***` for what was hidden.
        action: what was refused.
        role: the ARN of the role; `""` where the message does not name it.
        refusal: what the message says of why.
    """

    caller: str
    action: str
    role: str
    refusal: Refusal

    @property
    def text(self) -> str:
        """The message alone, as it was written, to be kept."""
        role = f" on resource: {self.role}" if self.role else ""
        because = f" {self.refusal.words}" if self.refusal.words else ""
        return f"User: {self.caller} is not authorized to perform: {self.action}{role}{because}"


def messages_in(text: str) -> list[RefusedMessage]:
    """The messages in a text, each once, in their order.

    Example:
        >>> (found,) = messages_in(
        ...     "│ User: arn:aws:iam::111122223333:user/ops is not\\n│ authorized to perform:"
        ...     " sts:AssumeRole on resource: arn:aws:iam::***:role/app."
        ... )
        >>> found.caller, found.role
        ('arn:aws:iam::111122223333:user/ops', 'arn:aws:iam::***:role/app')
    """
    written = without_jwts(text[:LONGEST])
    found = _found_in(as_written(written))
    for other in _other_readings(written):
        if any(each.action in ACTIONS for each in found):
            break
        found = _found_in(as_written(other())) or found
    return list(dict.fromkeys(found))


def _other_readings(text: str) -> Iterator[Callable[[], str]]:
    """What a text may be where it holds no message as written: broken lines, a part of a URL."""
    yield lambda: _unbroken(text)
    if _SOFT_BREAK.search(text):
        yield lambda: _SOFT_BREAK.sub("", text)
    if "%3A" in text.upper():
        yield lambda: as_sent(text)


def _unbroken(text: str) -> str:
    """A text that a narrow terminal broke anywhere: its full lines go on in the next."""
    lines = text.splitlines()
    width = max(map(len, lines), default=0)
    return "".join(line if len(line) == width else f"{line}\n" for line in lines)


def _found_in(written: str) -> list[RefusedMessage]:
    line = " ".join(_with_whole_arns(written.splitlines()))
    line = " ".join(line.split())
    found = (_message(match, line) for match in _REFUSED.finditer(line))
    return [message for message in found if message.caller]


def _message(match: re.Match[str], line: str) -> RefusedMessage:
    after = _NEXT.search(line, match.end())
    behind = line[match.end() : after.start() if after else len(line)]
    caller, role = _trimmed(match["caller"]), _trimmed(match["role"] or "")
    action = _AS_AWS_WRITES.get(match["action"].lower(), match["action"])
    return RefusedMessage(caller, action, role, refusal_in(behind))


def _trimmed(arn: str) -> str:
    """An ARN without what follows it in a sentence."""
    found = _IAM_ARN.match(arn)
    trimmed = (found[0] if found else arn).rstrip(".,;:)")
    if len(trimmed.rpartition("/")[2]) > LONGEST_NAME:  # joined to the text behind it
        return ""
    parts = arn_of(trimmed)
    if parts is None or parts.account.isdecimal() or parts.service not in ("iam", "sts"):
        return trimmed
    return f"arn:{parts.partition}:{parts.service}:{parts.region}:{MASK}:{parts.resource}"


def _with_whole_arns(lines: list[str]) -> list[str]:
    """Lines of which none ends within an ARN, as a narrow terminal breaks them.

    Lines are joined only where that makes a whole ARN: the next line may hold anything, a secret
    too.
    """
    whole: list[str] = []
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        while (more := _lines_of_arn([line, *lines[at : at + _MOST_LINES]])) > 0:
            line, at = line + "".join(lines[at : at + more]), at + more
        whole.append(line)
    return whole


_MOST_LINES = 5  # over which one ARN may go


def _lines_of_arn(lines: list[str]) -> int:
    """In how many more lines the ARN goes on that the first one ends in; 0 for no such ARN."""
    last = lines[0].rpartition(" ")[2]
    start = last.find("arn:")
    begun = last[start:] if start >= 0 else ""
    if not begun or not _is_begun(begun):
        return 0
    for count, line in enumerate(lines[1:], start=1):
        begun += (line.split() or [""])[0]
        if _WHOLE_ARN.match(begun):
            return count
        if " " in line.strip():
            return 0
    return 0


def _is_begun(arn: str) -> bool:
    """Whether a text begins an ARN of IAM or STS and is none yet."""
    service = (arn.split(":") + ["", ""])[2]
    is_ours = "iam".startswith(service) or "sts".startswith(service)
    return is_ours and not _WHOLE_ARN.match(arn)


def hidden_in(arn: str) -> str:
    """What of a caller's ARN was hidden before it was copied, in words; `""` where nothing was."""
    parts = arn_of(arn)
    if parts is None:
        if MASK in arn:
            return "the whole ARN"
        return ""
    if MASK in parts.account:
        return "the account ID"
    name = parts.resource.split("/")
    if MASK in "/".join(name[:2]):
        return "the name"
    return ""
