from django.urls import URLPattern, path

from livingwell.circles import views

app_name = "circles"
urlpatterns: list[URLPattern] = [
    path("", views.circle, name="circle"),
    path("add/", views.add, name="add"),
    path("<uuid:member>/", views.member, name="member"),
    path("<uuid:member>/change/", views.change, name="change"),
    path("<uuid:member>/move/", views.move, name="move"),
    path("<uuid:member>/take-away/", views.take_away, name="take-away"),
    path("<uuid:member>/invite/", views.invite, name="invite"),
    path("<uuid:member>/take-back/", views.take_back, name="take-back"),
]
