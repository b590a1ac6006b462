from django.urls import path

from livingwell.messaging import views

app_name = "messaging"
urlpatterns = [
    path("<slug:provider>/receipts/", views.receipts, name="receipts"),
    path("<slug:provider>/inbound/", views.inbound, name="inbound"),
]
