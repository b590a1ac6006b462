from django.urls import path

from livingwell.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("numbers/", views.numbers_that_matter, name="numbers"),
    path("about/", views.about, name="about"),
    path("your-words/", views.your_words, name="your-words"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
]
