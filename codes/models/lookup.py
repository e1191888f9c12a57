"""What the look-up reads: copies of words made for speed, written anew by `lookup_index`."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from codes.models.code import Code


class TermKind(models.IntegerChoices):
    """Why a whole term leads to a code, the strongest reason first."""

    ABBREVIATION = 0, "abbreviation"
    SYNONYM = 1, "also called"
    TITLE = 2, "title"


class LookupTerm(models.Model):
    """A term that stands for a code by itself, in lower case."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="+")
    term = models.CharField(max_length=160)
    kind = models.PositiveSmallIntegerField(choices=TermKind)

    class Meta:
        indexes: ClassVar = [
            models.Index(OpClass("term", "text_pattern_ops"), name="lookup_term_prefix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "term"], name="lookup_term_once"),
        ]

    def __str__(self) -> str:
        return self.term


class LookupRow(models.Model):
    """The words of one code: A title and synonyms, B attributes, C common language, D CMS text.

    `place` orders codes that match alike: founding pages first, then codes with our words.
    """

    code = models.OneToOneField(Code, models.CASCADE, primary_key=True, related_name="+")
    place = models.IntegerField(unique=True)
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["words"], name="lookup_row_words")]

    def __str__(self) -> str:
        return str(self.code_id)


class LookupWord(models.Model):
    """A word that some code's row holds, and in how many rows: for typos and for planning."""

    word = models.CharField(max_length=60, primary_key=True)
    rows = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="lookup_word_trigrams"),
        ]

    def __str__(self) -> str:
        return self.word
