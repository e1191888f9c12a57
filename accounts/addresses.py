from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


def is_address(column: str, address: str) -> Q:
    """Without regard to case, in the words of the unique indexes: `iexact` compares capitals,
    for which they do not answer.
    """
    return Q(Exact(Lower(column), Lower(Value(address))))
