from functools import cache

from jobs.models import State


@cache
def state_codes() -> dict[str, str]:
    """Each state's code by its code and its name, in capitals. Read once for each run."""
    pairs = State.objects.values_list("code", "name")
    return {key: code for code, name in pairs for key in (code, name.upper())}


def state_code(text: str) -> str:
    """The code of "OH", "Ohio" or "US-OH"; "" for anything else."""
    return state_codes().get(text.strip().upper().removeprefix("US-"), "")
