from django.urls import re_path

from livingwell.exchange.views import fhir, tokens, told

app_name = "exchange"
urlpatterns = [
    re_path(r"^oauth/token$", tokens.token, name="token"),
    re_path(r"^message-back/(?P<secret>[\w-]{20,100})/$", told.page, name="told"),
    re_path(r"^message-back/(?P<secret>[\w-]{20,100})/letter\.pdf$", told.letter, name="told-letter"),
    re_path(r"^fhir/R4/metadata$", fhir.fhir, {"rest": "metadata"}, name="metadata"),
    re_path(r"^fhir/R4$", fhir.fhir, name="base"),
    re_path(r"^fhir/R4/(?P<rest>.*)$", fhir.fhir),
]
