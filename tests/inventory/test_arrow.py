"""Tables leave as they are for other libraries, and batch by batch.

What is not installed is skipped; `make arrow` brings pyarrow, pandas, polars and DuckDB.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from support.organizations import export
from trust_widgets.inventory import Table, arrow

CASE = {
    "roles": {
        "open": {"trust": ["*"], "tags": {"team": "web"}},
        "worker": {"trust": ["service/ec2"]},
        "worker@555566667777": {"trust": ["service/ec2"]},
    }
}
OPEN = ["open"]


@pytest.fixture(scope="module")
def inventory() -> tw.Inventory:
    """A scan of three roles, one of which is open to anyone."""
    return tw.scan(export(CASE), workers=1, progress=False)


def counted(rows: int, made: list[int]) -> Table:
    """A table that notes the rows that it made."""

    def make() -> Iterator[tuple[int, str]]:
        for number in range(rows):
            made.append(number)
            yield number, f"role-{number}"

    return Table({"number": int, "role": str}, make, lambda: rows)


def test_rows_are_made_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first batch does not wait for the last row."""
    monkeypatch.setattr(arrow, "BATCH", 10)
    made: list[int] = []
    core = import_module("arro3.core")
    reader = core.RecordBatchReader.from_stream(counted(100, made))
    assert reader.read_next_batch().num_rows == 10
    assert len(made) == 10
    assert sum(batch.num_rows for batch in reader) == 90


@pytest.mark.parametrize("hidden", ["", "arro3"])
def test_parquet_has_all_rows(
    hidden: str, inventory: tw.Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By arro3, and by pyarrow where arro3 is not installed."""
    if hidden:
        pytest.importorskip("pyarrow.parquet")
        monkeypatch.setattr(arrow, "import_module", without(hidden))
    monkeypatch.setattr(arrow, "BATCH", 2)
    inventory.to_parquet(tmp_path)
    read = import_module("arro3.io").read_parquet(str(tmp_path / "roles.parquet")).read_all()
    for name in ("arn", "external", "tags", "findings"):
        assert read.column(name).to_pylist() == [row[name] for row in inventory.roles]
    if hidden:
        assert type(inventory.roles.to_arrow()).__module__.startswith("pyarrow")


def without(hidden: str) -> Any:
    """`import_module` where a library is not installed."""

    def find(name: str) -> Any:
        if name.startswith(hidden):
            raise ModuleNotFoundError(name)
        return import_module(name)

    return find


def test_without_a_library_it_says_what_to_install(
    inventory: tw.Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line."""
    monkeypatch.setattr(arrow, "import_module", without(""))
    for make in (inventory.roles.to_arrow, lambda: inventory.to_parquet(tmp_path)):
        with pytest.raises(ImportError, match=r"pip install 'trust-widgets\[scan\]'"):
            make()


def test_pandas_takes_a_table(inventory: tw.Inventory) -> None:
    """As its rows, and by Arrow."""
    pandas = pytest.importorskip("pandas")
    frames = [pandas.DataFrame(inventory.roles)]
    if hasattr(pandas.DataFrame, "from_arrow"):
        frames.append(pandas.DataFrame.from_arrow(inventory.roles))
    for frame in frames:
        assert list(frame.columns) == list(inventory.roles.columns)
        assert list(frame[frame.external == "yes"].role) == OPEN
        assert frame.findings.sum() == len(inventory.findings)


def test_polars_takes_a_table(inventory: tw.Inventory) -> None:
    """By Arrow."""
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(inventory.roles)
    assert frame.filter(polars.col("external") == "yes")["role"].to_list() == OPEN
    assert frame["findings"].sum() == len(inventory.findings)


def test_pyarrow_takes_a_table(inventory: tw.Inventory) -> None:
    """By Arrow."""
    pyarrow = pytest.importorskip("pyarrow")
    assert pyarrow.table(inventory.roles).to_pylist() == list(inventory.roles)


def test_duckdb_takes_tables(inventory: tw.Inventory) -> None:
    """Two of them in one query, joined."""
    duckdb = pytest.importorskip("duckdb")
    roles, callers = inventory.roles, inventory.callers
    assert len(roles) and len(callers)
    joined = "from roles join callers using (arn)"
    query = f"select distinct roles.role {joined} where roles.external = 'yes'"
    assert duckdb.sql(query).fetchall() == [("open",)]


def test_networkx_takes_paths(inventory: tw.Inventory) -> None:
    """An edge for each hop."""
    networkx = pytest.importorskip("networkx")
    graph = inventory.paths().to_networkx()
    assert [json.dumps(edge) for edge in networkx.DiGraph(graph).edges] == [
        '["outside", "arn:aws:iam::222233334444:role/open"]'
    ]
