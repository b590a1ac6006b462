from django.urls import path

from livingwell.linkwork.views import beginning, walking

app_name = "linkwork"
urlpatterns = [
    path("", walking.today, name="today"),
    path("seen-to/", walking.see_to, name="see-to"),
    path("everyone/", walking.everyone, name="everyone"),
    path("begin/", beginning.begin, name="begin"),
    path("cover/", walking.cover, name="cover"),
]
