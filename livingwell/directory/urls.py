from django.urls import path

from livingwell.directory import sitemaps, views

app_name = "directory"
urlpatterns = [
    path("", views.index, name="search"),
    path("questions/", views.questions, name="questions"),
    path("themes/", views.themes, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("services/<uuid:pk>/", views.service, name="service"),
    path("services/<uuid:pk>/been-there/", views.been_there, name="been-there"),
    path("organizations/<uuid:pk>/", views.organization, name="organization"),
    path("sitemap-<section>.xml", sitemaps.section, name="sitemap-section"),
]
