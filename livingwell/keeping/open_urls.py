"""Addresses that need no account: saying what is wrong, and coming in by a link to keep one's own entries right."""

from django.urls import path

from livingwell.keeping.views import wrong, yours

app_name = "open_to_all"
urlpatterns = [
    path("something-wrong/<uuid:pk>/", wrong.choose, name="wrong"),
    path("something-wrong/<uuid:pk>/<slug:about>/", wrong.say, name="wrong-about"),
    path("something-wrong/thanks/<str:token>/", wrong.thanks, name="wrong-thanks"),
    path("your-entries/", yours.listed, name="yours"),
    path("your-entries/link/<uuid:pk>/", yours.ask, name="door"),
    path("your-entries/open/<str:token>/", yours.come_in, name="come-in"),
    path("your-entries/leave/", yours.leave, name="leave"),
    path("your-entries/<uuid:pk>/history/", yours.history, name="yours-history"),
]
