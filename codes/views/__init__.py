from codes.views import code, lookup, report, section, tables

__all__ = ["code", "lookup", "report", "section", "tables"]
