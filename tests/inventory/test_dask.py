"""The same tables on a Dask cluster; it is skipped where Dask is not installed: `make dask`."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.inventory import made_roles

distributed = pytest.importorskip("distributed")


def tables(inventory: tw.Inventory) -> list[Any]:
    """All rows."""
    return [list(inventory.roles), list(inventory.findings), list(inventory.callers)]


@pytest.mark.filterwarnings("ignore")
def test_a_local_cluster_gives_the_same_tables() -> None:
    """Two worker processes, through `client.get_executor()`."""
    lines = "\n".join(map(json.dumps, made_roles(300, 20, 70)))
    here = tw.scan(lines, workers=1, progress=False)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = tw.scan(lines, executor=client.get_executor(), progress=False)
    assert tables(there) == tables(here)
