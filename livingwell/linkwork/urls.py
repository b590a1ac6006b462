from django.urls import URLPattern

app_name = "linkwork"
urlpatterns: list[URLPattern] = []
