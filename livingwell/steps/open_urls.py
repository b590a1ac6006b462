"""Addresses that lead from a public page to one's own: make this a step."""

from django.urls import path

from livingwell.steps.views.around import choose

app_name = "choosing"
urlpatterns = [path("<uuid:service>/", choose, name="choose")]
