"""Whole files, beside checkov (Terraform and CloudFormation), cfn-lint (CloudFormation) and tfparse
(values of Terraform): mistakes that are named, false alarms, seconds.

Run it by `make benchmark`, or alone by `.venv/bin/python benchmarks/files.py`. Each planted policy
of `tests/planted` is a file of each form; each tool gets the whole folder in one run, in an
environment of its own. A tool names a mistake if one of its checks of trust policies above advice
stands at that file, whatever it says there; which checks those are is in `peers/`. tfparse counts
the policies that it resolves, and how many are equal to ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from installing import NotInstalled, install_from_pypi, peers_folder  # noqa: E402
from peer import read  # noqa: E402

from support.planted_judge import SETS, cases, verdicts_of  # noqa: E402
from trust_widgets.readers import read_folder  # noqa: E402
from trust_widgets.reports import checked_reading, is_loud  # noqa: E402
from trust_widgets.text.quoting import hcl, yaml  # noqa: E402

TFPARSE = ("tfparse", "0.6.22")
FORMS = {".tf": "Terraform", ".yaml": "CloudFormation"}


class Planted(NamedTuple):
    """A policy that was planted: the name of its file, and its verdict; `""` for a good one."""

    name: str
    policy: Any
    verdict: str


class Told(NamedTuple):
    """What a tool says of a folder: the files at which it speaks, and how long that took."""

    tool: str
    files: set[str]
    seconds: float


def main() -> int:
    """Print the figures; returns the exit status."""
    planted = list(_planted())
    with peers_folder() as peers, tempfile.TemporaryDirectory() as temporary:
        for ending, form in FORMS.items():
            folder = Path(temporary, ending[1:])
            folder.mkdir()
            _write(folder, ending, planted)
            print(f"{form}: {len(planted)} files")
            for tell in _tools(ending):
                _print_tool(tell, folder, peers, planted)
        _print_values(Path(temporary, "tf"), peers, planted)
    return 0


def _planted() -> Iterable[Planted]:
    """The planted policies that are values: a mistake in JSON fits no other form."""
    for kind in ("mistakes", "good"):
        for case in cases(SETS["planted"], kind):
            if "policy" in case:
                verdict = verdicts_of(case)[0] if kind == "mistakes" else ""
                name = f"{kind}_{case['family']}_{case['name']}"
                yield Planted(
                    "".join(c if c.isalnum() else "_" for c in name), case["policy"], verdict
                )


def _write(folder: Path, ending: str, planted: Iterable[Planted]) -> None:
    for each in planted:
        if ending == ".tf":
            policy = hcl.Expression(f"jsonencode({hcl.value(each.policy, hcl.STEP)})")
            text = hcl.block(
                "resource", ("aws_iam_role", each.name), {"assume_role_policy": policy}
            )
        else:
            properties = {"AssumeRolePolicyDocument": each.policy}
            role = {"Type": "AWS::IAM::Role", "Properties": properties}
            text = yaml.value({"Resources": {"Role": role}}) + "\n"
        (folder / f"{each.name}{ending}").write_text(text, "utf-8")


Tell = Callable[[Path, Path], Told]


def _tools(ending: str) -> tuple[Tell, ...]:
    return (_ours, _checkov) if ending == ".tf" else (_ours, _checkov, _cfn_lint)


def _print_tool(tell: Tell, folder: Path, peers: Path, planted: list[Planted]) -> None:
    try:
        told = tell(folder, peers)
    except NotInstalled as error:
        print(f"    {tell.__name__[1:]}: no figures: {error}")
        return
    wrong = [each for each in planted if each.verdict and each.verdict != "advice"]
    good = [each for each in planted if not each.verdict]
    named = sum(each.name in told.files for each in wrong)
    alarms = sum(each.name in told.files for each in good)
    print(
        f"    {told.tool:22} {named:4} of {len(wrong)} mistakes, {alarms:3} false alarms on"
        f" {len(good)} good files, {told.seconds:6.1f} s"
    )


def _ours(folder: Path, _: Path) -> Told:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "trust_widgets.cli", "check", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    assert done.returncode in (0, 1), done.stderr
    return Told("trust-widgets", set(_loud_files(folder)), seconds)


def _loud_files(folder: Path) -> Iterable[str]:
    for read_file in read_folder(str(folder)):
        if read_file.reading is None:
            continue
        for checked in checked_reading(read_file.file, read_file.reading):
            if is_loud(checked.findings, "low"):
                yield Path(read_file.file).stem


def _checkov(folder: Path, peers: Path) -> Told:
    said = read("checkov")
    python = install_from_pypi(peers, said["package"], said["version"])
    framework = "terraform" if folder.name == "tf" else "cloudformation"
    command = [str(python.with_name("checkov")), "-d", str(folder), "-o", "json", "--quiet"]
    command += ["--framework", framework, "--skip-download"]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    report = json.loads(done.stdout)
    failed = report["results"]["failed_checks"] if isinstance(report, dict) else []
    files = {Path(each["file_path"]).stem for each in failed if each["check_id"] in said["rules"]}
    return Told(f"checkov {said['version']}", files, seconds)


def _cfn_lint(folder: Path, peers: Path) -> Told:
    said = read("cfn_lint")
    python = install_from_pypi(peers, said["package"], said["version"])
    command = [str(python.with_name("cfn-lint")), "--format", "json", f"{folder}/*.yaml"]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    loud = [each for each in json.loads(done.stdout or "[]") if each["Level"] != "Informational"]
    return Told(
        f"cfn-lint {said['version']}", {Path(each["Filename"]).stem for each in loud}, seconds
    )


# -- values


_TFPARSE = """
import json, sys, tfparse
roles = tfparse.load_from_path(sys.argv[1])["aws_iam_role"]
print(json.dumps({r["__tfmeta"]["path"]: r.get("assume_role_policy") for r in roles}))
"""


def _print_values(folder: Path, peers: Path, planted: list[Planted]) -> None:
    """How many policies tfparse resolves to the value that we read."""
    try:
        python = install_from_pypi(peers, *TFPARSE)
    except NotInstalled as error:
        print(f"    tfparse: no figures: {error}")
        return
    begun = time.perf_counter()
    command = [str(python), "-c", _TFPARSE, str(folder)]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    seconds = time.perf_counter() - begun
    ours: dict[str, Any] = {}
    for each in read_folder(str(folder)):
        for record in each.reading.records if each.reading is not None else ():
            ours[record.name] = json.loads(record.text)
    resolved = {name: json.loads(text) for name, text in theirs.items() if text}
    equal = sum(ours.get(name) == value for name, value in resolved.items())
    print(
        f"values of Terraform: tfparse {TFPARSE[1]} resolves {len(resolved)} of {len(planted)} in"
        f" {seconds:.1f} s, {equal} equal to ours"
    )


if __name__ == "__main__":
    sys.exit(main())
