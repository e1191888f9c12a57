from django.urls import path

from jobs.views import board, feeds, landing, posting, reports

app_name = "jobs"

urlpatterns = [
    path("", board.job_list, name="job_list"),
    path("feeds/", board.feeds, name="feeds"),
    path("feed.atom", feeds.atom, name="atom"),
    path("feed.rss", feeds.rss, name="rss"),
    path("specialty/<slug:slug>/", landing.specialty, name="specialty"),
    path("state/<slug:slug>/", landing.state, name="state"),
    # Last: any word may be a slug.
    path("<slug:slug>/report/", reports.report, name="report"),
    path("<slug:slug>/", posting.job, name="job"),
]
