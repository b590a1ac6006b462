from django.urls import path

from livingwell.consent.views import emergency, looking, privacy_lead, reaching, sharing

app_name = "consent"
OWN = "page/<uuid:pk>/"
urlpatterns = [
    path(f"{OWN}who-sees/", sharing.who_sees, name="who-sees"),
    path(f"{OWN}who-sees/<uuid:consent>/stop/", sharing.stop, name="stop"),
    path(f"{OWN}who-sees/<uuid:consent>/take-back/", sharing.take_back, name="take-back"),
    path(f"{OWN}who-sees/share/", sharing.share, name="share"),
    path(f"{OWN}who-sees/share/<uuid:organization>/", sharing.share_what, name="share-what"),
    path(f"{OWN}who-sees/share/<uuid:organization>/yes/", sharing.share_yes, name="share-yes"),
    path(f"{OWN}who-sees/looks/", looking.who_looked, name="who-looked"),
    path(f"{OWN}who-sees/looks/<uuid:access>/why/", looking.ask_why, name="ask-why"),
    path(f"{OWN}who-sees/emergencies/<uuid:emergency>/shut/", emergency.shut, name="shut"),
    path(f"{OWN}reach-me/", reaching.reach, name="reach"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/<uuid:emergency>/end/", emergency.end, name="end-emergency"),
    path("privacy-lead/", privacy_lead.owed, name="owed"),
    path("privacy-lead/questions/<uuid:question>/", privacy_lead.question, name="question"),
    path("privacy-lead/emergencies/<uuid:emergency>/", privacy_lead.review, name="review"),
]
