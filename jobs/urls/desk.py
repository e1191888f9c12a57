from django.urls import path

from jobs.views import applications, applying, desk, profile, resumes, saved

app_name = "desk"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("profile/", profile.profile, name="profile"),
    path("saved/", saved.saved_list, name="saved"),
    path("jobs/<slug:slug>/save/", saved.save, name="save"),
    path("jobs/<slug:slug>/apply/", applying.apply, name="apply"),
    path("jobs/<slug:slug>/apply/autosave/", applying.autosave, name="apply_autosave"),
    path("applications/", applications.application_list, name="applications"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/withdraw/", applications.withdraw, name="withdraw"),
    path("resumes/", resumes.resume_list, name="resumes"),
    path("resumes/<int:pk>/", resumes.resume, name="resume"),
    path("resumes/<int:pk>/delete/", resumes.resume_delete, name="resume_delete"),
]
