from django.urls import path

from livingwell.pages.views import front, taking

app_name = "pages"
urlpatterns = [
    path("", front.front, name="front"),
    path("happened/", front.happened, name="happened"),
    path("take-away/", taking.take_away, name="take-away"),
    path("take-away/page.pdf", taking.on_paper, name="paper"),
    path("take-away/page.json", taking.as_json, name="json"),
    path("take-away/page.fhir.json", taking.as_fhir, name="fhir"),
    path("take-away/delete/", taking.delete, name="delete"),
]
