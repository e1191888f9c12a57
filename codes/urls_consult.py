from django.urls import path

from codes.views import consult, consult_mail, consult_queue

app_name = "consult"
urlpatterns = [
    path("", consult.consult_list, name="list"),
    path("new/", consult.new, name="new"),
    path("queue/", consult_queue.queue, name="queue"),
    path("queue/<str:public_id>/", consult_queue.work, name="work"),
    path("queue/<str:public_id>/claim/", consult_queue.claim, name="claim"),
    path("queue/<str:public_id>/release/", consult_queue.release, name="release"),
    path("queue/<str:public_id>/answer/", consult_queue.answer, name="answer"),
    path("mail/<slug:service>/", consult_mail.mail_in, name="mail_in"),
    path("<str:public_id>/", consult.consult, name="consult"),
    path("<str:public_id>/add/", consult.add, name="add"),
    path("<str:public_id>/close/", consult.close, name="close"),
]
