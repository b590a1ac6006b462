"""Where receivers answer, by a link, by a code, or signed in."""

from django.urls import path

from livingwell.referrals.views import receiving

app_name = "answers"
urlpatterns = [
    path("answer/", receiving.by_code, name="by-code"),
    path("answer/<str:secret>/", receiving.answer, name="answer"),
    path("introductions/", receiving.inbox, name="inbox"),
    path("introductions/sent/", receiving.sent, name="sent"),
    path("introductions/at/<uuid:pk>/", receiving.inbox, name="inbox-of"),
    path("introductions/<uuid:introduction>/", receiving.received, name="received"),
]
