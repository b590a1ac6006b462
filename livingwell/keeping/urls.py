from django.urls import URLPattern, URLResolver, path

from livingwell.keeping.views import front

app_name = "keeping"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
]
