"""Measure what is foreseen: ``python -m benchmarks.restock`` from the top.

With ``tuning``, nothing that is scored is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
import os
import sys

from ..recordings import UnreadableError, data_folder
from ..table import costs_told, warn
from . import next_basket, run_outs
from .baskets import FOLDS, Baskets


def main(arguments: Sequence[str]) -> None:
    """Measure both and print them."""
    tuning = "tuning" in arguments
    with costs_told():
        try:
            baskets = Baskets(data_folder(os.environ) / "baskets" / "tafeng")
        except UnreadableError as error:
            warn(str(error))
        else:
            next_basket.show([baskets.tuning] if tuning else map(baskets.fold, range(FOLDS)))
        run_outs.show(run_outs.TUNING_SEEDS if tuning else run_outs.SEEDS)


if __name__ == "__main__":
    main(sys.argv[1:])
