"""An issuer is known in its own file alone. No other module writes its host, but for AWS's own
facts; and only a module about one issuer imports its member.

Each rule is shown to catch what it forbids.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from trust_widgets.providers import PROVIDERS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"
MEMBERS = "trust_widgets.providers.issuers"

# Where hosts are written: the members, and the issuers that AWS itself tells apart.
HOMES_OF_HOSTS = ("providers/issuers/", "aws/oidc_issuers.py")
# Modules about exactly one issuer, which import its member or ask for one of AWS's own.
ABOUT_ONE_ISSUER = {
    "aws/oidc_issuers.py",
    "callers/kinds/bitbucket.py",
    "callers/kinds/buildkite.py",
    "callers/kinds/circleci.py",
    "callers/kinds/cognito_identity.py",
    "callers/kinds/github_actions.py",
    "callers/kinds/gitlab_ci.py",
    "callers/kinds/hcp_terraform.py",
    "callers/kinds/irsa_pod.py",
    "callers/kinds/pod_identity_pod.py",
    "callers/kinds/saml_user.py",
    "callers/kinds/spacelift.py",
    "callers/kinds/vercel.py",
    "patterns/eks.py",
    "patterns/kinds/github_oidc.py",
    "patterns/kinds/irsa.py",
    "pitfalls/rules/advice/only_the_old_subject.py",
    "pitfalls/rules/advice/pattern_of_old_subjects.py",
    "pitfalls/rules/dead/ids_in_a_subject_of_a_server.py",
    "pitfalls/rules/dead/owner_spelled_otherwise.py",
    "pitfalls/rules/open/cognito_guests.py",
    "pitfalls/rules/open/github_subject_too_wide.py",
    "pitfalls/rules/open/reusable_workflow_unpinned.py",
    "pitfalls/rules/open/subject_names_no_owner.py",
}
# Modules that decide nothing: the policies of rules' examples and of exercises.
STORIES = ("exercises/tasks/", "exercises/writing.py", "pitfalls/examples.py")
# Hosts that no template shows.
MORE_HOSTS = ("okta.com", "COGNITO")
# Arguments that a reader sees and no answer depends on.
FOR_READERS = {"about", "example", "help", "message", "note"}


def hosts() -> set[str]:
    """The fixed part of every issuer's host: `token.actions.githubusercontent.com`, `auth0.com`."""
    found = set(MORE_HOSTS)
    for provider in PROVIDERS.values():
        if provider.protocol == "oidc":
            pieces = re.split(r"\{\w+\}", provider.issuer.partition("/")[0])
            fixed = [piece.strip(".") for piece in pieces if "." in piece.strip(".")]
            found |= set(fixed[:1])
    return found


HOSTS = hosts()


def breaches(module: str, source: str) -> set[tuple[str, str]]:
    """What a module names of an issuer: its member, or its host in code that decides."""
    tree = ast.parse(source)
    found = {(module, name) for name in imported_members(tree)}
    texts = [text for node in deciding(module, tree) for text in texts_in(node)]
    return found | {(module, host) for host in HOSTS for text in texts if host in text}


def imported_members(tree: ast.AST) -> Iterator[str]:
    """Names that are imported from a member, or are one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (alias.name for alias in node.names if node.module.startswith(MEMBERS))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(MEMBERS))


def deciding(module: str, tree: ast.Module) -> list[ast.AST]:
    """What of a module decides: of a rule all that `find` uses, without the examples below it."""
    if module.startswith(STORIES):
        return []
    if not module.startswith("pitfalls/rules/"):
        return [tree]
    named: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            named[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named.update(
                {n.id: node for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            )
    waiting, used = ["find"], set()
    while waiting:
        name = waiting.pop()
        if name in named and name not in used:
            used.add(name)
            waiting += [n.id for n in ast.walk(named[name]) if isinstance(n, ast.Name)]
    return [named[name] for name in used]


def texts_in(tree: ast.AST) -> Iterator[str]:
    """Texts and names in code, but for docstrings and what is for readers alone."""
    for node in nodes_that_decide(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.Name):
            yield node.id


def constants_in(tree: ast.AST) -> Iterator[ast.Constant]:
    """Values written in code, but for docstrings and what is for readers alone."""
    for node in nodes_that_decide(tree):
        if isinstance(node, ast.Constant):
            yield node


def nodes_that_decide(tree: ast.AST) -> Iterator[ast.AST]:
    """A piece of code and all in it, but for docstrings and what is for readers alone."""
    if isinstance(tree, ast.keyword) and tree.arg in FOR_READERS:
        return
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from nodes_that_decide(child)


def modules() -> dict[str, str]:
    """The modules outside `providers/` that are not about one issuer, with their source."""
    paths = {str(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}
    rest = {name for name in paths if not name.startswith("providers/")} - ABOUT_ONE_ISSUER
    return {name: paths[name].read_text(encoding="utf-8") for name in rest}


def test_no_other_module_names_an_issuer() -> None:
    found = set().union(*(breaches(name, source) for name, source in modules().items()))
    assert sorted(found) == []


def hosts_written(module: str, source: str) -> set[tuple[str, str]]:
    """The hosts that a module writes in code that decides, also one about a single issuer."""
    texts = [
        node.value
        for part in deciding(module, ast.parse(source))
        for node in constants_in(part)
        if isinstance(node.value, str)
    ]
    return {(module, host) for host in HOSTS for text in texts if host in text}


def test_a_host_is_written_in_its_two_homes_alone() -> None:
    found: set[tuple[str, str]] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if not module.startswith(HOMES_OF_HOSTS):
            found |= hosts_written(module, path.read_text(encoding="utf-8"))
    assert sorted(found) == [], "take the host from the member: PROVIDER.issuer, issuer_from"


def test_a_host_in_a_module_about_one_issuer_is_caught() -> None:
    """Its record has the host; what is for readers may say it."""
    written = 'def request(host="gitlab.com"):\n    pass'
    assert hosts_written("callers/kinds/gitlab_ci.py", written)
    near = "def request(host=PROVIDER.issuer):\n    return f(note='as on gitlab.com')"
    assert not hosts_written("callers/kinds/gitlab_ci.py", near)


def hosts_in_examples(module: str, source: str) -> set[tuple[str, str]]:
    """The issuers and condition keys that a module writes anywhere, also in its examples."""
    return {
        (module, text)
        for text in texts_in(ast.parse(source))
        for host in HOSTS - set(MORE_HOSTS)
        if re.match(rf"(?:arn:\S*:oidc-provider/|[\w.-]+\.)?{re.escape(host)}(?::|/|$)", text)
    }


def test_examples_take_issuers_from_the_records() -> None:
    """In rules from `pitfalls/examples.py`, in exercises from `PROVIDERS`."""
    found: set[tuple[str, str]] = set()
    for folder in ("pitfalls", "exercises"):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            module = str(path.relative_to(PACKAGE))
            found |= hosts_in_examples(module, path.read_text(encoding="utf-8"))
    assert sorted(found) == []


@pytest.mark.parametrize(
    "source",
    [
        "bad = ('gitlab.com',)",
        "bad = {'gitlab.com:sub': 'x'}",
        "_GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'",
        "_AUTH0 = 'octo-org.eu.auth0.com/'",
    ],
)
def test_a_host_in_an_example_is_caught(source: str) -> None:
    """An audience and a page are no issuer."""
    assert hosts_in_examples("pitfalls/rules/open/x.py", source)
    assert not hosts_in_examples("x.py", "a = ('https://gitlab.com', 'https://docs.gitlab.com/ci')")


def test_what_is_about_one_issuer_is_there_and_needs_its_place_in_the_list() -> None:
    """No module is excepted that names none."""
    for name in ABOUT_ONE_ISSUER:
        assert breaches(name, (PACKAGE / name).read_text(encoding="utf-8")), name


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("explain/hints.py", "from trust_widgets.providers.issuers import eks"),
        ("explain/hints.py", "from trust_widgets.providers.issuers.eks import PROVIDER"),
        ("access/axioms.py", "def f():\n    import trust_widgets.providers.issuers.gitlab"),
        ("views/form.py", "def f(issuer):\n    return issuer == 'gitlab.com'"),
        ("pitfalls/wide.py", "_OWN = re.compile(r'[a-z]+.auth0.com')"),
        ("pitfalls/rules/open/x.py", "def find():\n    g()\ndef g():\n    return 'scalr.io'"),
        ("pitfalls/rules/open/x.py", "_A = ('scalr.io',)\ndef find():\n    return _A"),
        ("explain/conditions.py", "def f(issuer):\n    return issuer in COGNITO"),
    ],
)
def test_a_planted_breach_is_caught(module: str, source: str) -> None:
    """An import, a comparison, an expression, a table that a rule uses."""
    assert breaches(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("access/axioms.py", 'def f():\n    """As gitlab.com does."""'),
        ("callers/kinds/token.py", "Question('Issuer', example='gitlab.com')"),
        (
            "pitfalls/rules/open/x.py",
            "def find():\n    pass\n_A = 'scalr.io'\nPITFALL = (find, _A)",
        ),
        ("pitfalls/wide.py", "from trust_widgets.providers.facts import facts_of"),
    ],
)
def test_what_is_for_readers_is_no_breach(module: str, source: str) -> None:
    """A docstring, an example, the record."""
    assert not breaches(module, source)
