from codes.models.assistant import Conversation, Turn, Verdict
from codes.models.case import Case, CaseSetting
from codes.models.code import Code, CodeQuerySet
from codes.models.consult import (
    Channel,
    Consult,
    ConsultMessage,
    ConsultMove,
    ConsultStatus,
    Inbound,
    InboundStatus,
    MessageKind,
    Reason,
)
from codes.models.content import Guidance, Relation, RelationKind, Summary
from codes.models.facts import (
    AddOn,
    Edit,
    EditRationale,
    FamilyLabel,
    Locality,
    RelativeValue,
    UnitLimit,
)
from codes.models.licence import Descriptor, DescriptorKind, Licence
from codes.models.lookup import LookupRow, LookupTerm, LookupWord, TermKind
from codes.models.release import Release, ReleaseKind
from codes.models.report import CodeReport
from codes.models.section import Section, Span, Specialty, SpecialtyRange
from codes.models.tables import Abbreviation, Modifier, PlaceOfService

__all__ = [
    "Abbreviation",
    "AddOn",
    "Case",
    "CaseSetting",
    "Channel",
    "Code",
    "CodeQuerySet",
    "CodeReport",
    "Consult",
    "ConsultMessage",
    "ConsultMove",
    "ConsultStatus",
    "Conversation",
    "Descriptor",
    "DescriptorKind",
    "Edit",
    "EditRationale",
    "FamilyLabel",
    "Guidance",
    "Inbound",
    "InboundStatus",
    "Licence",
    "Locality",
    "LookupRow",
    "LookupTerm",
    "LookupWord",
    "MessageKind",
    "Modifier",
    "PlaceOfService",
    "Reason",
    "Relation",
    "RelationKind",
    "RelativeValue",
    "Release",
    "ReleaseKind",
    "Section",
    "Span",
    "Specialty",
    "SpecialtyRange",
    "Summary",
    "TermKind",
    "Turn",
    "UnitLimit",
    "Verdict",
]
