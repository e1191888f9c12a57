from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from jobboard import home, mailbox, pages, views
from jobs.sitemaps import SITEMAPS

urlpatterns = [
    path("", home.home, name="home"),
    path("robots.txt", home.robots, name="robots"),
    path(
        "sitemap.xml",
        login_not_required(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        login_not_required(sitemaps.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("about/", pages.about, name="about"),
    path("about/<slug:page>/", pages.about_page, name="about_page"),
    path("jobs/", include("jobs.urls.board")),
    path("codes/", include("codes.urls")),
    path("case/", include("codes.urls_case")),
    path("ask/", include("codes.urls_ask")),
    path("consults/", include("codes.urls_consult")),
    path("hire/", include("jobs.urls.hire")),
    path("alerts/", include("jobs.urls.alerts")),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.mailbox_message, name="mailbox_message"),
    path("", include("jobs.urls.desk")),
]
