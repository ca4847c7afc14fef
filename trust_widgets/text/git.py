"""Names of branches and tags, also where a person writes the whole git ref.

https://git-scm.com/book/en/v2/Git-Internals-Git-References
"""

from __future__ import annotations

NOT_A_REF = "(?!refs/)"
"""The start of a rule for a name: a whole ref of another kind is not one."""


def branch_name(text: str) -> str:
    """A branch by its name; any other text as it is.

    Example:
        >>> branch_name("refs/heads/release/2.0"), branch_name("main"), branch_name("refs/tags/v1")
        ('release/2.0', 'main', 'refs/tags/v1')
    """
    return text.removeprefix("refs/heads/")


def tag_name(text: str) -> str:
    """A tag by its name; any other text as it is.

    Example:
        >>> tag_name("refs/tags/v1.2.0"), tag_name("v1.2.0")
        ('v1.2.0', 'v1.2.0')
    """
    return text.removeprefix("refs/tags/")
