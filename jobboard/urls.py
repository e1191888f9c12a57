from django.contrib import admin
from django.urls import include, path

from jobboard import mailbox, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("jobs/", include("jobs.urls.board")),
    path("hire/", include("jobs.urls.hire")),
    path("alerts/", include("jobs.urls.alerts")),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.mailbox_message, name="mailbox_message"),
    path("", include("jobs.urls.desk")),
]
