"""Values of a policy in words: its policy variables say what they represent.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re

from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import Variable, template_from_text

# Before a variable that says itself that it is an account: "of account {}".
_NOUN = re.compile(r"(?:the )?(?:account|organi[sz]ation) (?=\{\})")

_TAG = ("A tag ", "A session tag ")


def value_in_words(text: str) -> str:
    """A value with each policy variable replaced by what it represents.

    Example:
        >>> value_in_words("${aws:ResourceAccount}")
        'the account of the role'
        >>> value_in_words("arn:aws:iam::${aws:ResourceAccount}:role/*")
        'arn:aws:iam::[the account of the role]:role/*'
        >>> value_in_words("app-*")
        'app-*'
    """
    if "${" not in text:
        return text
    parts = template_from_text(text, wildcards=False, variables=True)
    if len(parts) == 1 and isinstance(parts[0], Variable):
        return _meaning(parts[0])
    words = (f"[{_meaning(part)}]" if isinstance(part, Variable) else str(part) for part in parts)
    return "".join(words)


def phrase_for(phrase: str, values: tuple[str, ...]) -> str:
    """The phrase of a key without the noun that its only value, a variable, says itself.

    Example:
        >>> phrase_for("of account {}", ("${aws:ResourceAccount}",))
        'of {}'
        >>> phrase_for("of account {}", ("111122223333",))
        'of account {}'
    """
    is_variable = len(values) == 1 and values[0].startswith("${") and values[0].endswith("}")
    if is_variable:
        return _NOUN.sub("", phrase)
    return phrase


def _meaning(variable: Variable) -> str:
    name, about = variable.name, key_record(variable.key).about or ""
    tag = name.partition("/")[2]
    words = f"the value of {name}"
    if tag and about.startswith(_TAG):
        before = next(start for start in _TAG if about.startswith(start))
        words = f'the {before[2:]}"{tag}" {about.removeprefix(before)}'
    elif about.startswith("The "):
        words = f"the {about[4:].partition(', ')[0]}"
    if variable.default is None:
        return words
    return f'{words} (or "{variable.default}", if there is none)'
