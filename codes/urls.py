from django.urls import path

from codes.views import code, lookup, report, section, tables

app_name = "codes"
urlpatterns = [
    path("", lookup.home, name="home"),
    path("suggest/", lookup.suggest, name="suggest"),
    path("specialty/<slug:slug>/", section.specialty, name="specialty"),
    path("section/<slug:slug>/", section.section, name="section"),
    path("tables/<slug:name>/", tables.table, name="table"),
    path("<slug:system>/<str:text>/", code.code, name="code"),
    path("<slug:system>/<str:text>/report/", report.report, name="report"),
]
