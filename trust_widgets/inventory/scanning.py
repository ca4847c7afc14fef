"""`scan`: the roles of any number of sources, with one analysis for each distinct policy."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any, TypeAlias

from trust_widgets.inventory.analysis import PackedAnalysis, analysis_of_record, packed
from trust_widgets.inventory.engines import Engine
from trust_widgets.inventory.inventory import Inventory
from trust_widgets.inventory.live import is_live
from trust_widgets.inventory.normal_form import NormalForms
from trust_widgets.inventory.progress import ProgressGiven, ProgressLine
from trust_widgets.inventory.seen_roles import SeenRole
from trust_widgets.inventory.sources import ScanSources
from trust_widgets.inventory.store import RoleStore
from trust_widgets.names import helps_with_arguments
from trust_widgets.policy import Home, home_from_given
from trust_widgets.readers import RoleRecord

Source: TypeAlias = "str | os.PathLike[str] | RoleRecord | Iterable[RoleRecord] | Any"


@helps_with_arguments(accounts="home", mine="home", engine="executor", processes="workers")
def scan(
    *sources: Source,
    home: Home | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: ProgressGiven = True,
) -> Inventory:
    """All roles of files, folders and exports, with their findings and callers.

    Each distinct policy is analyzed once, however many roles have it. Large exports and JSON lines
    are read role by role. When the scan is interrupted, the inventory has what was read so far.

    Args:
        sources: names of files and folders, texts, records as `read_roles` gives them, URLs for
            fsspec (`s3://bucket/*.json`), and live accounts: a session of boto3 or its client of
            IAM, with which only `Get*` and `List*` calls are made.
        home: what is yours. The account of each role counts as yours for that role.
        executor: where to analyze: any executor of `concurrent.futures`, such as that of a Dask
            cluster, `client.get_executor()`.
        workers: without an executor, how many processes; 1 for none. By default one a core, for
            more than a thousand distinct policies.
        progress: whether to show how far it is, or a function that takes each `ScanProgress`.

    Raises:
        TypeError: for a source of another type, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> export = '''{"RoleDetailList": [{
        ...     "RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",
        ...     "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {
        ...         "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}}}]}'''
        >>> inventory = tw.scan(export)
        >>> [(row["role"], row["verdict"], row["external"]) for row in inventory.roles]
        [('app', 'open', 'yes')]
    """
    own = home_from_given(home) or Home()
    own = replace(own, today=own.day)
    reading = ScanSources(tuple(map(_source_from_given, sources)))
    scanning = _Scanning(own, reading, RoleStore(), executor, workers, progress)
    is_complete = scanning.run()
    unread, notes = tuple(reading.unread), tuple(reading.notes)
    kept = (*reading.given, tuple(reading.live))
    return Inventory(scanning.store, own, unread, notes, is_complete, kept)


def _source_from_given(source: object) -> object:
    if isinstance(source, (str, os.PathLike, RoleRecord)) or is_live(source):
        return source
    if isinstance(source, Iterable) and not isinstance(source, (bytes, dict)):
        records = tuple(source)
        if all(isinstance(record, RoleRecord) for record in records):
            return records
    kind = type(source).__name__
    raise TypeError(
        f"scan needs a source of roles, not {kind}. Write the name of a file or folder, like"
        ' tw.scan("export.json"), or pass the result of tw.read_roles(...)'
    )


class _Scanning:
    """One scan."""

    def __init__(
        self,
        home: Home,
        sources: ScanSources,
        store: RoleStore,
        executor: Executor | None,
        workers: int | None,
        progress: ProgressGiven,
    ) -> None:
        self._home = home
        self._sources = sources
        self._forms = NormalForms(home)
        self._line = ProgressLine(progress)
        self._size = sources.size
        self.store = store
        self._analysed = 0
        self._engine = Engine(home, self._keep, executor, workers)

    def run(self) -> bool:
        """Read and analyze; returns whether it came to its end."""
        try:
            for role in self._sources.roles():
                self._take(role)
            self._engine.finish()
        except KeyboardInterrupt:
            return False
        finally:
            self._engine.close()
            self._line.close()
        return True

    def _take(self, role: SeenRole) -> None:
        before = len(self.store.forms)
        record = role.record
        if record is not None and (record.document.tree is not None or not role.text):
            number = self.store.add(role, None)
            self._keep(number, packed(analysis_of_record(record, self._home)))
        else:
            form = self._forms.of(role.text, role.own)
            number = self.store.add(role, form)
            if number == before:
                self._engine.add((number, form))
        self._show()

    def _keep(self, number: int, analysis: PackedAnalysis) -> None:
        self.store.set_analysis(number, analysis)
        self._analysed += 1
        self._show()

    def _show(self) -> None:
        if self._line.is_due:
            share = self._sources.bytes_read / self._size if self._size else 0.0
            self._line.show(len(self.store), len(self.store.forms), self._analysed, share)
