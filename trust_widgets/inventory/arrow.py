"""Tables as Arrow and Parquet, by pyarrow or arro3, whichever is installed.

Rows are made batch by batch while they are read, so that a table may be larger than the memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from typing import Any

Row = tuple[Any, ...]
INSTALL = "pip install 'trust-widgets[scan]'"
BATCH = 20_000
_COMPRESSION = "snappy"


def arrow_reader(columns: Mapping[str, type], rows: Iterable[Row]) -> Any:
    """A `RecordBatchReader` of arro3, or of pyarrow where arro3 is not installed.

    Args:
        columns: the names of the columns with their types, `str` or `int`. rows: the rows.

    Raises:
        ImportError: without both, with what to install.
    """
    arrow = _library("arro3.core", "pyarrow")
    if arrow.__name__ == "pyarrow":
        return _pyarrow_reader(arrow, columns, rows)
    types = {str: arrow.DataType.utf8(), int: arrow.DataType.int64()}
    schema = arrow.Schema([arrow.Field(name, types[kind]) for name, kind in columns.items()])

    def batches() -> Iterator[Any]:
        for values in _batches(rows):
            arrays = [
                arrow.Array(column, types[kind])
                for column, kind in zip(values, columns.values(), strict=True)
            ]
            yield arrow.RecordBatch.from_arrays(arrays, schema=schema)

    return arrow.RecordBatchReader.from_batches(schema, batches())


def _pyarrow_reader(arrow: Any, columns: Mapping[str, type], rows: Iterable[Row]) -> Any:
    types = {str: arrow.string(), int: arrow.int64()}
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    batches = (
        arrow.record_batch(list(map(list, values)), schema=schema) for values in _batches(rows)
    )
    return arrow.RecordBatchReader.from_batches(schema, batches)


def _batches(rows: Iterable[Row]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as columns, some ten thousand at a time."""
    every = iter(rows)
    while batch := list(islice(every, BATCH)):
        yield list(zip(*batch, strict=True))


def write_parquet(table: Any, path: str | os.PathLike[str]) -> None:
    """Write what has an Arrow stream as Parquet, batch by batch.

    Raises:
        ImportError: without a library that can, with what to install.
    """
    library = _library("arro3.io", "pyarrow.parquet")
    if library.__name__ == "arro3.io":
        library.write_parquet(table, os.fspath(path), compression=_COMPRESSION)
        return
    reader = import_module("pyarrow").RecordBatchReader.from_stream(table)
    with library.ParquetWriter(path, reader.schema, compression=_COMPRESSION) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _library(*names: str) -> Any:
    """The first of some modules that is installed.

    Raises:
        ImportError: without any, with what to install.
    """
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise ImportError(f"Arrow and Parquet need arro3 or pyarrow: {INSTALL}")
