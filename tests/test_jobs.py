"""Work over processes keeps its order, its bounds and its faults."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from memcon.errors import MemconError
from memcon.jobs import in_order


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_work(jobs: int) -> None:
    """Whatever the number of processes."""
    results = list(in_order(square, range(20), jobs))
    assert [result for result, _ in results] == [n * n for n in range(20)]
    assert (len({pid for _, pid in results}) == 1) == (jobs == 1)


def test_work_is_not_taken_far_ahead_of_its_results() -> None:
    """The work may be large: only a window of it is drawn."""
    drawn = 0

    def work() -> Iterator[int]:
        nonlocal drawn
        for number in range(50):
            drawn += 1
            yield number

    results = in_order(square, work(), 2)
    next(results)
    assert drawn <= 7
    results.close()


def test_a_process_that_dies_is_told_with_advice() -> None:
    """A death outside our control stops the work and says that nothing is lost."""
    with pytest.raises(MemconError, match="died") as told:
        list(in_order(die, range(6), 2))
    assert "--jobs" in told.value.advice
