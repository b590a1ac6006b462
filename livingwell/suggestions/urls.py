from django.urls import path

from livingwell.suggestions import views

app_name = "suggestions"
urlpatterns = [
    path("", views.suggest, name="suggest"),
    path("themes/", views.themes, name="themes"),
]
