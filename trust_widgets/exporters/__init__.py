"""A role and its `companions` as text for a tool, one file a tool.

A member defines `EXPORTER = Exporter(...)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trust_widgets.families import Registry
from trust_widgets.names import helps_with_arguments, helps_with_names
from trust_widgets.policy import Companion, Home, Role, home_from_given


@helps_with_names(export="render", name="title", content="text")
@dataclass(frozen=True, slots=True)
class Exporter:
    """One tool's form.

    Args:
        title: the tool's own name, `"Terraform"`.
        filename: what its file is usually called.
        language: for highlighting: `json`, `shell`, `hcl`, `yaml`.
        render: the text.
        note: one sentence: how to use it.
        source: the tool's own page.
        render_with: the text for a role with the reader's settings, where it depends on them.
    """

    title: str
    filename: str
    language: str
    render: Callable[[Role], str]
    note: str
    source: str
    render_with: Callable[[Role, Home], str] | None = None

    def text(self, role: Role, home: Home | None = None) -> str:
        """Return the text for a role, with the reader's settings where they matter."""
        if self.render_with is None or home is None:
            return self.render(role)
        return self.render_with(role, home)


EXPORTERS: Registry[Exporter] = Registry("trust_widgets.exporters", "EXPORTER")


# What a reader runs by hand when the time has come: nothing that a tool should make or point at.
_BY_HAND = ("try_it", "revoke")


def beside(companion: Companion) -> str:
    """A sentence that points at a `Companion` which a tool's own text does not make."""
    return f"Also needed: {companion.title} ({companion.filename}). {companion.note}"


def companions_to_make(role: Role) -> tuple[Companion, ...]:
    """The `companions` that must exist for the trust to work, each once.

    Example:
        >>> companions_to_make(
        ...     Role("app", companions=(Companion("try_it", "Try it", "", "try-it.sh", ""),))
        ... )
        ()
    """
    return tuple(it for it in dict.fromkeys(role.companions) if it.kind not in _BY_HAND)


@helps_with_arguments(format="tool", to="tool")
def export(role: Role, tool: str, home: Home | None = None) -> str:
    """A role as text for a tool.

    Args:
        role: with its trust policy and `companions`.
        tool: a name in `EXPORTERS`: `"json"`, `"aws_cli"`, `"terraform"`, `"cloudformation"`.
        home: your settings, for what says who can assume the role: `"markdown"`, `"notebook"`.

    Raises:
        KeyError: for a tool that is not there; the message lists those that are.
        TypeError: for what is no `Role`, such as its policy alone.

    Example:
        >>> import trust_widgets as tw
        >>> role = tw.PATTERNS["aws_service"].build(
        ...     account="111122223333", services=("ec2.amazonaws.com",)
        ... )
        >>> tw.export(role, "json").splitlines()[1]
        '  "Version": "2012-10-17",'
    """
    if not isinstance(role, Role):
        raise TypeError(
            f"a Role is needed, not {type(role).__name__}: tw.Role(name, policy), or the role of a"
            " TrustModel"
        )
    return EXPORTERS[tool].text(role, home_from_given(home))
