from django.urls import re_path

from livingwell.exchange.views import fhir, tokens

app_name = "exchange"
urlpatterns = [
    re_path(r"^oauth/token$", tokens.token, name="token"),
    re_path(r"^fhir/R4/metadata$", fhir.fhir, {"rest": "metadata"}, name="metadata"),
    re_path(r"^fhir/R4$", fhir.fhir, name="base"),
    re_path(r"^fhir/R4/(?P<rest>.*)$", fhir.fhir),
]
