from django.urls import URLPattern, URLResolver, path

from livingwell.keeping.views import front, history

app_name = "keeping"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("entries/<uuid:pk>/history/", history.history, name="history"),
    path("entries/<uuid:pk>/history/<int:older>/<int:newer>/", history.compare, name="compare"),
    path("entries/<uuid:pk>/history/<int:number>/restore/", history.restore, name="restore"),
    path("entries/<uuid:pk>/sources/", history.sources, name="sources"),
    path("otherwise/", history.otherwise, name="otherwise"),
    path("holds/<uuid:pk>/release/", history.release, name="release"),
]
