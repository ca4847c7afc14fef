"""iamarmor on Terraform: the role with its trust policy as a text, the form that it reads."""

import shutil
import tempfile
from pathlib import Path

from iamarmor import extract_from_directory, load_default_rules
from iamarmor.rules import RuleEngine
from serving import serve, terraform

engine = RuleEngine(load_default_rules())


def check(text):
    """Its findings on the role and its trust policy."""
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "main.tf").write_text(terraform(text))
        found = engine.run(extract_from_directory(folder))
    finally:
        shutil.rmtree(folder)
    return [
        (str(each.rule_id), str(getattr(each.severity, "value", each.severity)), each.message)
        for each in found
    ]


serve(check)
