from django.urls import path

from codes.views import case

app_name = "case"
urlpatterns = [
    path("", case.home, name="home"),
    path("api/", case.api, name="api"),
    path("keep/", case.keep, name="keep"),
    path("mine/", case.mine, name="mine"),
    path("shared/<str:token>/", case.shared, name="shared"),
    path("<str:public_id>/", case.kept, name="kept"),
    path("<str:public_id>/case.csv", case.export, {"kind": "csv"}, name="csv"),
    path("<str:public_id>/case.json", case.export, {"kind": "json"}, name="json"),
    path("<str:public_id>/delete/", case.delete, name="delete"),
    path("<str:public_id>/share/", case.share, name="share"),
    path("<str:public_id>/unshare/", case.unshare, name="unshare"),
]
