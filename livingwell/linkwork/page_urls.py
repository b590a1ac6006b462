"""The addresses below somebody's page."""

from django.urls import path

from livingwell.linkwork.views import of_page

app_name = "link-worker"
urlpatterns = [
    path("", of_page.link_worker, name="chosen"),
    path("read-back/", of_page.read_back, name="read-back"),
    path("sheet/", of_page.sheet, name="sheet"),
    path("taken-over/", of_page.taken_over, name="taken-over"),
]
