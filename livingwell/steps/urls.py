from django.urls import path

from livingwell.steps.views import around, steps

app_name = "steps"
urlpatterns = [
    path("", steps.steps, name="list"),
    path("new/", steps.new, name="new"),
    path("around/", around.around, name="around"),
    path("around/answer/", around.answer, name="answer"),
    path("said-no/", around.refused, name="refused"),
    path("said-no/<uuid:choice>/", around.said, name="said"),
    path("said-no/<uuid:choice>/back/", around.back, name="back"),
    path("<uuid:step>/", steps.step, name="step"),
    path("<uuid:step>/change/", steps.change, name="change"),
    path("<uuid:step>/with/", steps.walks_with, name="with"),
    path("<uuid:step>/move/", steps.move, name="move"),
    path("<uuid:step>/stage/", steps.stage, name="stage"),
    path("<uuid:step>/pieces/", steps.piece, name="piece"),
    path("<uuid:step>/ask/", steps.ask, name="ask"),
]
