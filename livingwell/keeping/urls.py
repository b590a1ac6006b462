from django.urls import URLPattern, URLResolver, path

from livingwell.keeping.views import answer, doubles, front, history, messages, ringing, sources

app_name = "keeping"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("answer/<str:token>/", answer.answer, name="answer"),
    path("answer/<str:token>/<uuid:pk>/", answer.entry, name="answer-entry"),
    path("answer/<str:token>/<uuid:pk>/change/", answer.change, name="answer-change"),
    path("answer/<str:token>/<uuid:pk>/room/", answer.room, name="answer-room"),
    path("answer/<str:token>/<uuid:pk>/closed/", answer.closed, name="answer-closed"),
    path("round/", ringing.start, name="round"),
    path("round/not-reached/", ringing.not_reached, name="not-reached"),
    path("round/<int:pk>/", ringing.call, name="call"),
    path("entries/<uuid:pk>/history/", history.history, name="history"),
    path("entries/<uuid:pk>/history/<int:older>/<int:newer>/", history.compare, name="compare"),
    path("entries/<uuid:pk>/history/<int:number>/restore/", history.restore, name="restore"),
    path("entries/<uuid:pk>/sources/", history.sources, name="sources"),
    path("otherwise/", history.otherwise, name="otherwise"),
    path("doubles/", doubles.doubles, name="doubles"),
    path("doubles/merged/", doubles.merged, name="merged"),
    path("doubles/<uuid:pk>/", doubles.double, name="double"),
    path("doubles/<uuid:pk>/merge/", doubles.merge, name="merge"),
    path("doubles/<uuid:pk>/different/", doubles.different, name="different"),
    path("doubles/merged/<uuid:pk>/undo/", doubles.undo, name="undo"),
    path("holds/<uuid:pk>/release/", history.release, name="release"),
    path("messages/", messages.listed, name="messages"),
    path("messages/<uuid:pk>/settle/", messages.settle, name="message-settle"),
    path("messages/<uuid:pk>/read/", messages.read, name="message-read"),
    path("sources/", sources.listed, name="source-list"),
    path("sources/add/", sources.add, name="source-add"),
    path("sources/<slug:slug>/", sources.one, name="source"),
    path("sources/<slug:slug>/change/", sources.change, name="source-change"),
    path("sources/<slug:slug>/pause/", sources.pause, name="source-pause"),
    path("sources/<slug:slug>/go-on/", sources.go_on, name="source-go-on"),
    path("sources/<slug:slug>/read/", sources.read_now, name="source-read"),
    path("sources/<slug:slug>/readings/<int:number>/", sources.reading, name="source-reading"),
]
