from django.urls import URLPattern, URLResolver

app_name = "handouts"
urlpatterns: list[URLPattern | URLResolver] = []
