"""Work spread over processes: results come back in the order of the work, and little of it waits in memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import BaseContext
from typing import TypeVar

from memcon.errors import MemconError

Work = TypeVar("Work")
Result = TypeVar("Result")

# Pieces of work in flight for each process: one at work and one waiting, so that none idles and memory stays bounded.
_AHEAD = 2
_HERE = 2


def in_order(function: Callable[[Work], Result], work: Iterable[Work], jobs: int) -> Iterator[Result]:
    """`function` of each piece of work, in order; with one job in this process, with more in that many others too.

    `function` and its results must be picklable. At most `2 * jobs + 2` pieces of work are under way or waiting.
    Raises `MemconError` when a process dies (the system may have ended it for want of memory).
    """
    if jobs <= 1:
        yield from map(function, work)
        return
    with ProcessPoolExecutor(jobs, mp_context=_context(function.__module__)) as pool:
        try:
            yield from _window(pool, function, work, jobs * _AHEAD)
        except BrokenProcessPool as fault:
            raise MemconError(
                "a process that was reading files died",
                "Run the same command again with fewer --jobs: what was added is kept.",
            ) from fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _context(module: str) -> BaseContext:
    """Processes that are not forks of this one, which holds open databases and threads of libraries.

    Where the system can, they are forks of a server that has loaded nothing but the module of the work.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def _window(
    pool: ProcessPoolExecutor, function: Callable[[Work], Result], work: Iterable[Work], size: int
) -> Iterator[Result]:
    pieces = iter(work)
    # While the processes start, which takes about a second, the first pieces are worked here.
    first = list(islice(pieces, _HERE))
    waiting = deque(pool.submit(function, piece) for piece in islice(pieces, size))
    yield from map(function, first)
    while waiting:
        result = waiting.popleft().result()
        waiting.extend(pool.submit(function, piece) for piece in islice(pieces, 1))
        yield result
