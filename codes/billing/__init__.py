"""Answers that must be exact: pairs, fees, units, add-ons. Each names the release it stands in.

"No edit in the loaded data" is not "allowed", and what is not loaded is said to be so.
"""

from codes.billing.fees import FeeAnswer, FeeStatus, components, fee, localities, price
from codes.billing.pairs import PairAnswer, PairStatus, pair, pairs
from codes.billing.units import AddOnAnswer, UnitsAnswer, add_ons, units

__all__ = [
    "AddOnAnswer",
    "FeeAnswer",
    "FeeStatus",
    "PairAnswer",
    "PairStatus",
    "UnitsAnswer",
    "add_ons",
    "components",
    "fee",
    "localities",
    "pair",
    "pairs",
    "price",
    "units",
]
