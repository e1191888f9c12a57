"""Answers that must be exact: pairs, fees, units, add-ons. Each names the release it stands in.

"No edit in the loaded data" is not "allowed", and what is not loaded is said to be so.
"""

from codes.billing.fees import (
    FeeAnswer,
    FeeStatus,
    components,
    components_of,
    fee,
    localities,
    price,
)
from codes.billing.pairs import PairAnswer, PairStatus, pair, pairs, pairs_among
from codes.billing.units import AddOnAnswer, UnitsAnswer, add_ons, add_ons_of, units, units_of

__all__ = [
    "AddOnAnswer",
    "FeeAnswer",
    "FeeStatus",
    "PairAnswer",
    "PairStatus",
    "UnitsAnswer",
    "add_ons",
    "add_ons_of",
    "components",
    "components_of",
    "fee",
    "localities",
    "pair",
    "pairs",
    "pairs_among",
    "price",
    "units",
    "units_of",
]
