"""The assistant: a question in, short sentences out, each with the rows it rests on.

No sentence stands without a fact; what is not loaded is said; some questions are declined. The
engine is deterministic. A language model, where one is configured, may only rephrase and route.
"""

from codes.assistant.answer import Answer, Band, Draft, Fact, Sentence, Step, checked, from_json
from codes.assistant.engine import ask, readings

__all__ = [
    "Answer",
    "Band",
    "Draft",
    "Fact",
    "Sentence",
    "Step",
    "ask",
    "checked",
    "from_json",
    "readings",
]
