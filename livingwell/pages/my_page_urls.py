"""The address of one's own page, whosever it is."""

from django.urls import path

from livingwell.pages import views

urlpatterns = [path("", views.my_page, name="my-page")]
