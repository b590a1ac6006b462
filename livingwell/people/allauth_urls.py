"""The pages of allauth that are open here, under the names that allauth knows them by, at our addresses."""

from allauth.account import views as theirs
from allauth.mfa.base.views import authenticate as second_step
from allauth.mfa.webauthn.views import login_webauthn as by_passkey
from django.urls import include, path

from livingwell.people.views import account, elsewhere, sign_in
from livingwell.people.views.carrying import carrying

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/", sign_in.sign_in, name="account_signup"),
    path("sign-out/", theirs.logout, name="account_logout"),
    path("sign-in/with/<slug:provider_id>/", elsewhere.there, name="oidc_login"),
    path("sign-in/with/<slug:provider_id>/back/", elsewhere.back, name="oidc_callback"),
    path("sign-in/stopped/", elsewhere.cancelled, name="socialaccount_login_cancelled"),
    path("account/", account.account, name="socialaccount_connections"),
    path("sign-in/", sign_in.sign_in, name="socialaccount_signup"),
    path("account/closed/", theirs.account_inactive, name="account_inactive"),
    path("account/second-step/totp/activate/", account.add_app, name="mfa_activate_totp"),
    path("account/second-step/webauthn/add/", account.add_passkey, name="mfa_add_webauthn"),
    path("account/second-step/authenticate/", carrying(second_step), name="mfa_authenticate"),
    path("account/second-step/webauthn/login/", carrying(by_passkey), name="mfa_login_webauthn"),
    path("account/second-step/", include("allauth.mfa.urls")),
    path("account/password/", theirs.password_change, name="account_change_password"),
    path("account/password/new/", theirs.password_set, name="account_set_password"),
    path("sign-in/again/password/", theirs.reauthenticate, name="account_reauthenticate"),
    path("account/", account.account, name="account_email"),
]
