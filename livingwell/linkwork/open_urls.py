"""The address that stands on a paper."""

from django.urls import path

from livingwell.linkwork.views import taking_over

app_name = "take-over"
urlpatterns = [path("take-over/", taking_over.take_over, name="take-over")]
