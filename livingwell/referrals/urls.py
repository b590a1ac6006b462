from django.urls import path

from livingwell.referrals.views import own

app_name = "referrals"
urlpatterns = [
    path("", own.introductions, name="introductions"),
    path("to/<uuid:service>/", own.write, name="write"),
    path("<uuid:introduction>/", own.introduction, name="introduction"),
    path("<uuid:introduction>/stop/", own.withdraw, name="withdraw"),
    path("<uuid:introduction>/code/", own.code, name="code"),
    path("<uuid:introduction>/met/", own.met, name="met"),
    path("<uuid:introduction>/told/", own.told, name="told"),
    path("<uuid:introduction>/helped/", own.helped, name="helped"),
]
