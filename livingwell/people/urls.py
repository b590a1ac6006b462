from django.urls import path

from livingwell.people.views import account, belonging, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/password/", sign_in.password, name="password"),
    path("sign-in/second-step/", sign_in.second_step, name="second-step"),
    path("sign-in/again/", sign_in.prove, name="prove"),
    path("sign-in/again/code/", sign_in.prove_by_code, name="prove-by-code"),
    path("sign-in/as/<slug:who>/", sign_in.as_invented, name="as"),
    path("sign-in/done/", sign_in.after, name="after"),
    path("account/", account.account, name="account"),
    path("invitation/<str:token>/", belonging.invitation, name="invitation"),
    path("people/", belonging.belonging, name="belonging"),
    path("people/organizations/<uuid:pk>/", belonging.belonging, name="belonging-to"),
    path("account/name/", account.name, name="name"),
    path("account/address/", account.add_address, name="add-address"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/roles/<int:pk>/leave/", account.leave, name="leave"),
]
