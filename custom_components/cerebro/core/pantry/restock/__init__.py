"""What will be needed, and when: learned from this household's own ledger and from nothing else.

A product has a diary of whole days (:mod:`.diary`), from which everything else is worked out anew whenever
it is asked for and the diary has changed: how fast it is used (:mod:`.pace`), how much is left of it
(:mod:`.level`), and when it is bought again (:mod:`.hazard`, :mod:`.trips`). So what is taken back is
forgotten exactly.
"""

from .outlook import Outlook
from .proposal import Forecast, Proposal
from .restock import Restock

__all__ = ["Forecast", "Outlook", "Proposal", "Restock"]
