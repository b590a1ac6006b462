from django.urls import path

from livingwell.plans.views import hard_days, words

app_name = "plans"
urlpatterns = [
    path("", words.story, name="words"),
    path("plan/", words.plan, name="plan"),
    path("bad-days/", words.bad_days, name="bad-days"),
    path("about/<slug:section>/", words.section, name="section"),
    path("themes/", words.themes, name="themes"),
    path("bad-days/dates/", hard_days.new, name="new-date"),
    path("bad-days/dates/<uuid:date>/", hard_days.change, name="date"),
    path("bad-days/dates/<uuid:date>/take-back/", hard_days.take_back, name="drop-date"),
]
