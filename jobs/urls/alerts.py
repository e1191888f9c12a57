from django.urls import path

from jobs.views import alerts

app_name = "alerts"

urlpatterns = [
    path("", alerts.alert_list, name="list"),
    path("new/", alerts.alert_new, name="new"),
    path("sent/", alerts.alert_sent, name="sent"),
    path("confirm/<slug:token>/", alerts.alert_confirm, name="confirm"),
    path("manage/<slug:token>/", alerts.alert_manage, name="manage"),
    path("end/<slug:token>/", alerts.alert_end, name="end"),
    path("unsubscribe/<str:token>/", alerts.unsubscribe, name="unsubscribe"),
]
