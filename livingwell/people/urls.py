from django.urls import path

from livingwell.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/password/", views.password, name="password"),
    path("sign-in/second-step/", views.second_step, name="second-step"),
    path("sign-in/again/", views.prove, name="prove"),
    path("sign-in/again/code/", views.prove_by_code, name="prove-by-code"),
    path("sign-in/as/<slug:who>/", views.as_invented, name="as"),
    path("sign-in/done/", views.after, name="after"),
    path("account/", views.account, name="account"),
]
