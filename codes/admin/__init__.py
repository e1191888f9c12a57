from codes.admin import consult, content, facts, licences, reports, sections, tables, turns

__all__ = ["consult", "content", "facts", "licences", "reports", "sections", "tables", "turns"]
