"""The pages of allauth that are open here, under the names that allauth knows them by, at our addresses."""

from allauth.account import views as theirs
from django.urls import path

from livingwell.people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/", views.sign_in, name="account_signup"),
    path("sign-out/", theirs.logout, name="account_logout"),
    path("account/closed/", theirs.account_inactive, name="account_inactive"),
    path("account/", views.account, name="account_email"),
]
