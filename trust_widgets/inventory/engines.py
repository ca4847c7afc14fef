"""Where analyses are made: in this process, in worker processes, or on an executor.

The result is the same: jobs have numbers, and each is a function of plain values.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any

from trust_widgets.inventory.analysis import (
    Job,
    PackedAnalysis,
    Result,
    analyse_packed,
    analysis_of,
    failed,
    packed,
)
from trust_widgets.policy import Home

MANY = 1000
"""Distinct policies from which on worker processes are worth their start."""
CHUNK = 32
_WAITING = 4096
"""Chunks that are waiting at most; so many that reading goes on while the first are analyzed."""


class Engine:
    """Analyzes jobs.

    Args:
        home: what is the reader's own.
        keep: what is done with each result.
        executor: any executor of `concurrent.futures`; `None` for worker processes where there are
            many jobs.
        workers: how many processes; 1 for none, `None` for one a core.
    """

    def __init__(
        self,
        home: Home,
        keep: Callable[[int, PackedAnalysis], None],
        executor: Executor | None = None,
        workers: int | None = None,
    ) -> None:
        self._home = home
        self._keep = keep
        self._executor = executor
        self._owns = executor is None
        self._workers = workers or os.cpu_count() or 1
        if sys.platform == "emscripten":  # a browser has no processes
            self._workers = 1
        self._jobs: list[Job] = []
        self._running: deque[tuple[tuple[Job, ...], Future[list[Result]]]] = deque()

    def add(self, job: Job) -> None:
        """Analyze a job, now or later."""
        if self._executor is None and self._workers == 1:
            self._analyse_here(job)
            return
        self._jobs.append(job)
        enough = MANY if self._executor is None else CHUNK
        if len(self._jobs) >= enough:
            self._send()

    def finish(self) -> None:
        """Wait until all jobs are done."""
        if self._executor is None and len(self._jobs) < MANY:
            for job in self._jobs:
                self._analyse_here(job)
            self._jobs.clear()
            return
        self._send()
        while self._running:
            self._take()

    def close(self) -> None:
        """Stop what is still running."""
        for _, future in self._running:
            future.cancel()
        if self._owns and isinstance(self._executor, ProcessPoolExecutor):
            self._executor.shutdown(wait=True, cancel_futures=True)

    @property
    def waiting(self) -> int:
        """How many jobs were not done yet."""
        return len(self._jobs) + sum(len(jobs) for jobs, _ in self._running)

    def _analyse_here(self, job: Job) -> None:
        number, form = job
        self._keep(number, packed(analysis_of(form, self._home)))

    def _send(self) -> None:
        """Give all jobs to the executor."""
        if self._executor is None:
            self._executor = worker_processes(self._workers)
        for jobs in _chunks(self._jobs):
            while len(self._running) >= _WAITING or self._is_first_done():
                self._take()
            self._running.append((jobs, self._submit(jobs)))
        self._jobs.clear()

    def _is_first_done(self) -> bool:
        return bool(self._running) and self._running[0][1].done()

    def _submit(self, jobs: tuple[Job, ...]) -> Future[list[Result]]:
        assert self._executor is not None  # made by _send
        try:
            return self._executor.submit(analyse_packed, jobs, self._home)
        except Exception as error:
            broken: Future[list[Result]] = Future()
            broken.set_exception(error)
            return broken

    def _take(self) -> None:
        """Keep the results of the jobs that were sent first."""
        jobs, future = self._running.popleft()
        for number, analysis in self._results(jobs, future):
            self._keep(number, analysis)

    def _results(self, jobs: tuple[Job, ...], future: Future[list[Result]]) -> list[Result]:
        try:
            return future.result()
        except Exception as error:
            if len(jobs) == 1:
                return [(jobs[0][0], packed(failed(error)))]
            return [result for job in jobs for result in self._alone(job)]

    def _alone(self, job: Job) -> list[Result]:
        """Analyze one of several jobs that did not come back, so that it loses no other."""
        if self._owns:
            self._renew()
        return self._results((job,), self._submit((job,)))

    def _renew(self) -> None:
        """Start new processes where the old ones broke."""
        if isinstance(self._executor, ProcessPoolExecutor) and _is_broken(self._executor):
            self._executor.shutdown(wait=False)
            self._executor = worker_processes(self._workers)


def _is_broken(executor: Any) -> bool:
    return bool(getattr(executor, "_broken", False))


def _chunks(jobs: list[Job]) -> Iterator[tuple[Job, ...]]:
    for start in range(0, len(jobs), CHUNK):
        yield tuple(jobs[start : start + CHUNK])


def worker_processes(workers: int) -> ProcessPoolExecutor:
    """A pool of processes, forked where that is safe: a notebook's kernel has threads."""
    is_single = threading.active_count() == 1
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    method = "fork" if is_single and can_fork else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_collect_rarely)


def _collect_rarely() -> None:
    """Look for garbage less often: in a worker process nearly all that is left of one policy is
    kept for the next.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
