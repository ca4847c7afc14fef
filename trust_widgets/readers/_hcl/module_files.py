"""Which files a module of Terraform is made of, and in which order they count.

https://developer.hashicorp.com/terraform/language/files
"""

from __future__ import annotations

import os

from trust_widgets.readers._folder import Folder

ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json")


def module_files(folder: Folder, path: str, requested: str = "") -> list[str]:
    """The files of a module, those that override others last.

    OpenTofu leaves out a file for which there is one with its own ending.
    https://opentofu.org/docs/language/files/

    Args:
        folder: where files may be read. path: the module's folder.
        requested: the file that was named, which is not left out.
    """
    names = folder.names_in(path, *ENDINGS)
    of_terraform = [name for name in names if _as_terraform(name) == name]
    replaced = {_as_terraform(name) for name in set(names).difference(of_terraform)}
    here = os.path.normpath(requested)
    if here in map(os.path.normpath, replaced):
        names = of_terraform
    else:
        names = [name for name in names if name not in replaced]
    plain = [name for name in names if not is_override(name)]
    overrides = [name for name in names if is_override(name)]
    return [*plain, *overrides]


def _as_terraform(name: str) -> str:
    for ending in (".tofu", ".tofu.json"):
        if name.endswith(ending):
            return name.removesuffix(ending) + ending.replace("tofu", "tf")
    return name


def is_override(file: str) -> bool:
    """Whether a file replaces parts of others.

    Example:
        >>> is_override("iam/roles_override.tf"), is_override("overrides.tf")
        (True, False)
    """
    name = os.path.basename(file)
    for ending in sorted(ENDINGS, key=len, reverse=True):
        name = name.removesuffix(ending)
    return name == "override" or name.endswith("_override")


def value_files(folder: Folder, path: str) -> list[str]:
    """The files with values for variables that Terraform reads itself, later ones first to count.

    https://developer.hashicorp.com/terraform/language/values/variables
    """
    automatic = folder.names_in(path, ".auto.tfvars", ".auto.tfvars.json")
    named = (os.path.join(path, name) for name in ("terraform.tfvars", "terraform.tfvars.json"))
    return [*named, *automatic]
