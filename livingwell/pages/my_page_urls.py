"""The address of one's own page, whosever it is."""

from django.urls import path

from livingwell.pages.views import starting

urlpatterns = [path("", starting.my_page, name="my-page")]
