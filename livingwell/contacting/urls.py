from django.urls import path

from livingwell.contacting import views

app_name = "contacting"
urlpatterns = [path("", views.messages, name="messages")]
