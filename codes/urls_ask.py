from django.urls import path

from codes.views import ask

app_name = "ask"

urlpatterns = [
    path("", ask.ask, name="ask"),
    path("delete/", ask.delete_all, name="delete_all"),
    path("answer/<int:turn>/verdict/", ask.verdict, name="verdict"),
    path("<str:public_id>/", ask.talk, name="talk"),
    path("<str:public_id>/delete/", ask.delete, name="delete"),
]
