"""Who is allowed to assume this role? Build, read and check AWS IAM role trust policies.

Everything here is loaded when it is first needed: reading and checking need neither Jupyter nor
ipywidgets.

Example:
    >>> import trust_widgets as tw
    >>> statement = '{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}'
    >>> text = f'{{"Version": "2012-10-17", "Statement": [{statement}]}}'
    >>> [finding.name for finding in tw.check(text)]
    ['bare_star']
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# What is logged is printed only where someone configures logging: a traceback may quote a policy.
logging.getLogger(__name__).addHandler(logging.NullHandler())

# Where each public name lives.
_HOMES = {
    "trust_widgets.policy.document": ("parse", "DocumentError"),
    "trust_widgets.pitfalls": ("check", "PITFALLS", "check_permissions"),
    "trust_widgets.evaluation": ("Request",),
    "trust_widgets.explain.decision": ("evaluate", "Decision"),
    "trust_widgets.callers": ("CALLERS",),
    "trust_widgets.access": (
        "who_gets_in",
        "CallerClass",
        "compare",
        "is_public",
        "Comparison",
        "Answer",
    ),
    "trust_widgets.readers": ("read_roles", "RoleRecord"),
    "trust_widgets.inventory": ("scan", "Inventory"),
    "trust_widgets.documents": ("document", "RoleDocument"),
    "trust_widgets.exercises": ("EXERCISES",),
    "trust_widgets.exercises.progress": ("progress",),
    "trust_widgets.exporters": ("export", "EXPORTERS"),
    "trust_widgets.policy": ("TrustPolicy", "Statement", "Principal", "Condition"),
    "trust_widgets.permissions": ("PermissionsPolicy",),
    "trust_widgets.policy.role": ("Role", "Companion"),
    "trust_widgets.findings": ("Finding",),
    "trust_widgets.policy.edits": ("Fix",),
    "trust_widgets.policy.home": ("Home",),
    "trust_widgets.model.grants": ("Grant",),
    "trust_widgets.policy.guards": ("Guard",),
    "trust_widgets.patterns": ("PATTERNS",),
    "trust_widgets.policy.external_ids": ("new_external_id",),
    "trust_widgets.providers": ("PROVIDERS",),
    "trust_widgets.model": ("TrustModel",),
    "trust_widgets.views.inventory": ("InventoryView",),
    "trust_widgets.views.builder": ("TrustBuilder",),
    "trust_widgets.views.controls": ("controls",),
    "trust_widgets.views.grants": ("GrantsView",),
    "trust_widgets.views.summary": ("SummaryView",),
    "trust_widgets.views.form": ("FormView",),
    "trust_widgets.views.editor": ("EditorView",),
    "trust_widgets.views.findings": ("FindingsView",),
    "trust_widgets.views.companions": ("CompanionsView",),
    "trust_widgets.views.export": ("ExportView",),
    "trust_widgets.views.home": ("HomeView",),
    "trust_widgets.views.permissions": ("PermissionsView",),
    "trust_widgets.views.simulator": ("SimulatorView",),
    "trust_widgets.views.source": ("SourceView",),
    "trust_widgets.views.who": ("WhoView",),
    "trust_widgets.views.changes": ("ChangesView",),
    "trust_widgets.views.truth_table": ("TruthTableView",),
    "trust_widgets.views.exercise": ("ExerciseView", "exercise"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

if TYPE_CHECKING:  # the same names, for editors and type checkers
    from trust_widgets.access import Answer as Answer
    from trust_widgets.access import CallerClass as CallerClass
    from trust_widgets.access import Comparison as Comparison
    from trust_widgets.access import compare as compare
    from trust_widgets.access import is_public as is_public
    from trust_widgets.access import who_gets_in as who_gets_in
    from trust_widgets.callers import CALLERS as CALLERS
    from trust_widgets.documents import RoleDocument as RoleDocument
    from trust_widgets.documents import document as document
    from trust_widgets.evaluation import Request as Request
    from trust_widgets.exercises import EXERCISES as EXERCISES
    from trust_widgets.exercises.progress import progress as progress
    from trust_widgets.explain import Decision as Decision
    from trust_widgets.explain import evaluate as evaluate
    from trust_widgets.exporters import EXPORTERS as EXPORTERS
    from trust_widgets.exporters import export as export
    from trust_widgets.findings import Finding as Finding
    from trust_widgets.inventory import Inventory as Inventory
    from trust_widgets.inventory import scan as scan
    from trust_widgets.model import Grant as Grant
    from trust_widgets.model import TrustModel as TrustModel
    from trust_widgets.patterns import PATTERNS as PATTERNS
    from trust_widgets.permissions import PermissionsPolicy as PermissionsPolicy
    from trust_widgets.pitfalls import PITFALLS as PITFALLS
    from trust_widgets.pitfalls import check as check
    from trust_widgets.pitfalls import check_permissions as check_permissions
    from trust_widgets.policy import Companion as Companion
    from trust_widgets.policy import Condition as Condition
    from trust_widgets.policy import DocumentError as DocumentError
    from trust_widgets.policy import Fix as Fix
    from trust_widgets.policy import Guard as Guard
    from trust_widgets.policy import Home as Home
    from trust_widgets.policy import Principal as Principal
    from trust_widgets.policy import Role as Role
    from trust_widgets.policy import Statement as Statement
    from trust_widgets.policy import TrustPolicy as TrustPolicy
    from trust_widgets.policy import parse as parse
    from trust_widgets.policy.external_ids import new_external_id as new_external_id
    from trust_widgets.providers import PROVIDERS as PROVIDERS
    from trust_widgets.readers import RoleRecord as RoleRecord
    from trust_widgets.readers import read_roles as read_roles
    from trust_widgets.views.builder import TrustBuilder as TrustBuilder
    from trust_widgets.views.changes.view import ChangesView as ChangesView
    from trust_widgets.views.companions import CompanionsView as CompanionsView
    from trust_widgets.views.controls import controls as controls
    from trust_widgets.views.editor import EditorView as EditorView
    from trust_widgets.views.exercise import ExerciseView as ExerciseView
    from trust_widgets.views.exercise import exercise as exercise
    from trust_widgets.views.export import ExportView as ExportView
    from trust_widgets.views.findings import FindingsView as FindingsView
    from trust_widgets.views.form import FormView as FormView
    from trust_widgets.views.grants import GrantsView as GrantsView
    from trust_widgets.views.home import HomeView as HomeView
    from trust_widgets.views.inventory import InventoryView as InventoryView
    from trust_widgets.views.permissions import PermissionsView as PermissionsView
    from trust_widgets.views.simulator.view import SimulatorView as SimulatorView
    from trust_widgets.views.source import SourceView as SourceView
    from trust_widgets.views.summary import SummaryView as SummaryView
    from trust_widgets.views.truth_table import TruthTableView as TruthTableView
    from trust_widgets.views.who.view import WhoView as WhoView

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(_unknown(name))
    value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)  # asked for once
    return value


def _unknown(name: str) -> str:
    """What to say of a name that is not here, with the nearest one that is."""
    message = f"module 'trust_widgets' has no attribute {name!r}"
    if name.startswith("_"):  # asked by programs
        return message
    near = import_module("trust_widgets.names").nearest(name, __all__)
    if near:
        return f"{message}; did you mean {near!r}?"
    return message


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext trust_widgets` calls: it brings the cell magic `%%trust_policy`."""
    import_module("trust_widgets.magic").load(shell)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "load_ipython_extension"])
