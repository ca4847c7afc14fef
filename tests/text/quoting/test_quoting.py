"""What is written is read back equal, by the language's own reader, whatever is in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml as reader
from hypothesis import given, settings
from hypothesis import strategies as st

from trust_widgets.text.quoting import hcl, python, shell, yaml

HOSTILE = (
    "",
    " ",
    '"quoted" and it\'s',
    "line\nnext\r\nlast\n",
    "back\\slash \\n \\",
    "$(touch x) `touch x` ${HOME} $$ !!",
    "${aws:username} $${x} $$${x} %{if} %%{x} %%%{x}",
    "${ %{ $${ %%{ '",
    "\u202eright to left\u2066",
    "\ud800 alone",
    "\U0001f600 \U000e0001",
    "\x00\x07\x1b[31m\x7f\x85\u2028\ufeff",
    "</script><!--",
    "\"\"\"'''",
    "#comment",
    "a: b #c",
    "--- ",
    "*star &anchor !tag |pipe >fold %dir @at",
    "EOF\nEOF1",
)
TRAPS = (
    *(
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "n",
        "true",
        "False",
        "null",
        "~",
        "NULL",
        "",
        "=",
        "<<",
        "-",
        "?",
        ":",
    ),
    *(
        "111122223333",
        "0x1f",
        "0o17",
        "1_000",
        "12:30:45",
        "1e3",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "+1",
    ),
    *(
        "2012-10-17",
        "2012-10-17T00:00:00Z",
        "*",
        "*x",
        "&x",
        ":x",
        "x:",
        "x: y",
        "x #y",
        "#x",
        "- x",
        "? x",
    ),
    *(
        "[x]",
        "{x}",
        "!x",
        "|",
        ">",
        "%x",
        "@x",
        "`x`",
        "'x'",
        '"x"',
        " x",
        "x ",
        "---",
        "...",
        "x,y",
    ),
    "k" * 2000,
)
texts = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(HOSTILE + TRAPS)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
jsons = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5)
)
# python-hcl2 cannot read an escaped mark that is never closed, "$${"; Terraform, further down, can.
closed = texts.filter(lambda text: not re.search(r"[$%]\{(?![^{}]*\})", text))
hcls = st.recursive(
    st.none() | st.booleans() | st.integers() | closed,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(closed, inner, max_size=4),
)
pythons = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(scalars, inner, max_size=5)
    ),
)
words = st.sampled_from(("text", "grants", "role_name", "owner", "x1"))


def run(script: str, shell_name: str = "sh") -> str:
    """What a shell prints for a script."""
    return subprocess.run(
        [shell_name, "-c", script], capture_output=True, check=True
    ).stdout.decode()


# Python


@given(st.lists(pythons, max_size=3), st.dictionaries(words, pythons))
def test_call_evaluates_to_what_it_was_given(args: list[Any], kwargs: dict[str, Any]) -> None:
    source = python.call("f", args, kwargs)

    assert eval(source, {"f": lambda *a, **k: (list(a), k)}) == (args, kwargs)
    source.encode()  # no lone surrogate is left in it


@given(pythons, st.integers(0, 24))
def test_literal_evaluates_to_what_it_was_given(value: Any, indent: int) -> None:
    source = python.literal(value, indent)
    again = eval(source)

    assert again == value
    assert type(again) is type(value)


@given(st.lists(pythons, max_size=3), st.dictionaries(words, pythons))
def test_code_within_a_call_may_span_lines(args: list[Any], kwargs: dict[str, Any]) -> None:
    inner = python.Code(python.call("g", args, kwargs))
    source = python.call("f", [[inner]], {"deep": {"er": (inner,)}})
    names = {"g": lambda *a, **k: (list(a), k), "f": lambda *a, **k: (list(a), k)}

    assert eval(source, names) == ([[(args, kwargs)]], {"deep": {"er": ((args, kwargs),)}})


@pytest.mark.parametrize("text", HOSTILE)
def test_python_shows_what_does_not_print(text: str) -> None:
    assert eval(python.literal(text)) == text
    assert all(char.isprintable() or char == "\n" for char in python.literal(text))


def test_call_wraps_as_ruff_does() -> None:
    answers = {
        "owner": "octo-org",
        "repositories": ("app", "site"),
        "branches": ("main",),
        "number": 1,
    }
    source = python.call(
        "tw.Grant", ["github_oidc", answers], {"text": "{\n" + '  "Version": "x"\n' * 5}
    )

    expected = """tw.Grant(
    "github_oidc",
    {
        "owner": "octo-org",
        "repositories": ("app", "site"),
        "branches": ("main",),
        "number": 1,
    },
    text=(
        "{\\n"
"""
    assert source == expected + """        '  "Version": "x"\\n'\n""" * 5 + "    ),\n)"


@given(
    st.lists(st.text("abc '\"", max_size=20), max_size=12), st.dictionaries(words, st.integers())
)
def test_no_line_is_longer_than_88_columns(args: list[str], kwargs: dict[str, int]) -> None:
    lines = python.call("tw.TrustBuilder", [args, tuple(args)], kwargs).splitlines()

    assert max(map(len, lines)) <= python.WIDTH


@given(st.lists(pythons, max_size=3), st.dictionaries(words, pythons))
def test_one_line_exactly_when_it_fits(args: list[Any], kwargs: dict[str, Any]) -> None:
    source = python.call("f", args, kwargs)
    said = [f"{word}={python.literal(value, -10_000)}" for word, value in kwargs.items()]
    line = f"f({', '.join([*(python.literal(value, -10_000) for value in args), *said])})"

    assert (source == line) == (len(line) <= python.WIDTH or not (args or kwargs))


@pytest.mark.parametrize(
    "word", ["", "a b", "1x", "class", "None", "__debug__", "a=1, b", "\ufb01", "a-b"]
)
def test_keyword_that_is_no_identifier(word: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        python.call("f", [], {word: 1})


def test_literal_of_another_type() -> None:
    with pytest.raises(TypeError):
        python.literal({1, 2})
    assert python.literal([float("inf"), float("-inf")]) == '[float("inf"), float("-inf")]'


# Shell


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE + TRAPS if "\0" not in text and text.isascii()]
)
def test_quoted_word_reaches_the_command(text: str, tmp_path: Path) -> None:
    assert run(f"cd {shell.quote(str(tmp_path))}; printf %s. {shell.quote(text)}") == f"{text}."
    assert not list(tmp_path.iterdir())


@settings(deadline=None)  # another program or a slow parser runs
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30), min_size=1
    )
)
def test_every_word_reaches_the_command(given_words: list[str]) -> None:
    options = {f"--o{number}": word for number, word in enumerate(given_words)}
    printed = run(shell.command(("printf", "%s\\0"), options)).split("\0")[:-1]

    pairs = [
        [f"{name}={word}"] if word.startswith("-") else [name, word]
        for name, word in options.items()
    ]
    assert printed == [word for pair in pairs for word in pair]


@settings(deadline=None)  # another program or a slow parser runs
@given(
    st.lists(st.sampled_from(("EOF", "EOF1", "EOF2", "", "$HOME", "`x`", "\\", "'"))).map("\n".join)
)
def test_heredoc_gives_the_text(text: str) -> None:
    ended = text if text.endswith("\n") or not text else text + "\n"

    assert run("cat " + shell.heredoc(text) + "echo after") == ended + "after\n"


@pytest.mark.parametrize("write", [shell.quote, shell.heredoc])
def test_shell_cannot_hold_nul(write: Any) -> None:
    with pytest.raises(ValueError, match="NUL"):
        write("a\0b")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_leaves_a_comment(text: str) -> None:
    assert all(line.startswith("#") for line in shell.comment(text).splitlines())
    assert reader.safe_load(shell.comment(text) + "a: 1") == {"a": 1}


# YAML


@given(jsons)
def test_yaml_is_read_back_equal(value: Any) -> None:
    again = reader.safe_load(yaml.value(value))

    assert again == value
    assert type(again) is type(value)


@given(jsons)
def test_yaml_is_read_back_equal_where_it_is_indented(value: Any) -> None:
    below = "\n" if isinstance(value, (dict, list)) and value else " "

    assert reader.safe_load(f"a:{below}{yaml.value(value, 4)}") == {"a": value}


@pytest.mark.parametrize("text", HOSTILE + TRAPS)
def test_yaml_string_stays_a_string(text: str) -> None:
    assert reader.safe_load(yaml.string(text)) == text
    assert reader.safe_load(yaml.value({text: [text, {text: text}]})) == {
        text: [text, {text: text}]
    }


def test_yaml_leaves_common_words_plain() -> None:
    for text in ("sts:AssumeRole", "arn:aws:iam::111122223333:role/app", "repo:octo-org/*", "/ci/"):
        assert yaml.string(text) == text


# HCL


def unescaped(text: str) -> str:
    """A string's text from HCL source, as Terraform would read it."""
    plain: str = eval(text)  # the backslash escapes that HCL has are Python's as well
    return plain.replace("$${", "${").replace("%%{", "%{")


def read(value: Any) -> Any:
    """What `hcl2` left quoted, unquoted."""
    if isinstance(value, dict):
        return {unescaped(k) if k.startswith('"') else k: read(inner) for k, inner in value.items()}
    if isinstance(value, list):
        return [read(inner) for inner in value]
    if isinstance(value, str):
        return unescaped(value) if value.startswith('"') else int(value.strip("${}"))
    return value


def whole(value: Any) -> Any:
    """A value without lone surrogates, which HCL cannot hold."""
    if isinstance(value, dict):
        return {whole(key): whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [whole(inner) for inner in value]
    is_text = isinstance(value, str)
    return (
        "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in value)
        if is_text
        else value
    )


@settings(deadline=None)  # another program or a slow parser runs
@given(hcls)
def test_hcl_is_read_back_equal(value: Any) -> None:
    again = hcl2.loads(f"x = {hcl.value(value)}\n")

    assert read(again["x"]) == whole(value)


def test_hcl_of_numbers_and_other_types() -> None:
    assert hcl.value([1.5, 1e22, -3, None, {}, []]) == "[1.5, 1e+22, -3, null, {}, []]"
    with pytest.raises(TypeError):
        hcl.value(("a",))


@pytest.mark.parametrize("name", ["", "2nd", "@", "a b", 'x" {', "é", "${x}", "example-role"])
def test_hcl_identifier(name: str) -> None:
    assert hcl.IDENTIFIER.fullmatch(hcl.identifier(name, "role"))


@pytest.mark.skipif(not shutil.which("terraform"), reason="needs Terraform")
def test_terraform_reads_the_same(tmp_path: Path) -> None:
    """Terraform itself evaluates the strings (it normalises to NFC, which these are)."""
    texts = list(map(whole, HOSTILE))
    document = {"all": texts, **dict.fromkeys(texts[1:], 1)}
    body = {"value": hcl.Expression(f"jsonencode({hcl.value(document, 2)})")}
    (tmp_path / "main.tf").write_text(hcl.block("output", ("all",), body))
    env = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "TF_CLI_CONFIG_FILE": "/dev/null",
        "HOME": str(tmp_path),
    }
    terraform = str(shutil.which("terraform"))
    for words_ in (["apply", "-auto-approve"], ["fmt", "-check"], ["output", "-raw", "all"]):
        done = subprocess.run(
            [terraform, *words_], cwd=tmp_path, env=env, capture_output=True, check=True
        )

    assert json.loads(done.stdout) == document
