from django.urls import path

from livingwell.handouts import views

app_name = "handouts"
urlpatterns = [
    path("", views.my_list, name="list"),
    path("keep/", views.keep, name="keep"),
    path("kept/", views.kept, name="kept"),
    path("change/", views.change, name="change"),
    path("from-paper/", views.from_paper, name="from-paper"),
    path("list.pdf", views.list_pdf, name="pdf"),
    path("folded.pdf", views.list_folded, name="folded"),
    path("text/", views.send_list, {"channel": "text"}, name="text"),
    path("email/", views.send_list, {"channel": "email"}, name="email"),
    path("services/<uuid:pk>/leaflet.pdf", views.leaflet_pdf, name="leaflet"),
    path("services/<uuid:pk>/folded.pdf", views.leaflet_folded, name="leaflet-folded"),
    path("services/<uuid:pk>/text/", views.send_service, {"channel": "text"}, name="text-service"),
    path("services/<uuid:pk>/email/", views.send_service, {"channel": "email"}, name="email-service"),
]
