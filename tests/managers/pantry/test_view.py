"""What is shown of the pantry reads as people say it."""

from __future__ import annotations

import pytest

from custom_components.cerebro.core.pantry.model import Product, ProductId
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.restock import Proposal
from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.managers.pantry.view import View
from custom_components.cerebro.managers.texts import Texts

VIEW = View(
    Texts(
        {"reason_restock_lasts": "about {left} left", "decimal_mark": ",", "amount_pieces": "{number} pieces"}
    ),
    {},
)


@pytest.mark.parametrize(
    ("measure", "unit", "left", "said"),
    [
        (Measure.COUNT, "piece", 5_501, "about 5,5 pieces left"),
        (Measure.MASS, "g", 131_524, "about 130 g left"),
        (Measure.VOLUME, "L", 1_949_999, "about 1,9 L left"),
        (Measure.MASS, "g", 0, "about 0 g left"),
    ],
)
def test_what_is_estimated_to_be_left_is_told_in_two_figures(
    measure: Measure, unit: str, left: int, said: str
) -> None:
    product = Product(product_id=ProductId("p"), name="P", measure=measure, unit=unit)
    proposal = Proposal(
        product_id=product.product_id,
        amount=1000,
        probability=0.5,
        reason=Reason(key="restock_lasts", values={"left": left}),
        runs_out_on=None,
        left=left,
    )
    assert VIEW.proposal(proposal, product)["reason"] == said
