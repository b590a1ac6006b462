"""Which address leads to which app."""

from django.urls import include, path

from livingwell.directory import sitemaps
from livingwell.handouts.views import short

urlpatterns = [
    path("", include("livingwell.home.urls")),
    path("", include("livingwell.people.urls")),
    path("", include("livingwell.people.allauth_urls")),
    path("page/<uuid:pk>/", include("livingwell.pages.urls")),
    path("page/<uuid:pk>/words/", include("livingwell.plans.urls")),
    path("page/<uuid:pk>/people/", include("livingwell.circles.urls")),
    path("", include("livingwell.circles.open_urls")),
    path("page/<uuid:pk>/steps/", include("livingwell.steps.urls")),
    path("", include("livingwell.consent.urls")),
    path("page/<uuid:pk>/messages/", include("livingwell.contacting.urls")),
    path("page/<uuid:pk>/introductions/", include("livingwell.referrals.urls")),
    path("page/<uuid:pk>/introductions/<uuid:introduction>/", include("livingwell.exchange.page_urls")),
    path("", include("livingwell.referrals.open_urls")),
    path("page/<uuid:pk>/keeping-in-touch/", include("livingwell.recall.urls")),
    path("", include("livingwell.recall.wobble_urls")),
    path("recall/", include("livingwell.recall.ringing_urls")),
    path("my-page/", include("livingwell.pages.my_page_urls")),
    path("page/<uuid:pk>/link-worker/", include("livingwell.linkwork.page_urls")),
    path("steps/choose/", include("livingwell.steps.open_urls")),
    path("walking-with/", include("livingwell.linkwork.urls")),
    path("", include("livingwell.linkwork.open_urls")),
    path("suggestions/", include("livingwell.suggestions.urls")),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("directory/", include("livingwell.directory.urls")),
    path("keeping/", include("livingwell.keeping.urls")),
    path("", include("livingwell.keeping.open_urls")),
    path("messages/", include("livingwell.messaging.urls")),
    path("my-list/", include("livingwell.handouts.urls")),
    path("s/<slug:code>", short, name="short"),
    path("s/<slug:code>/", short),
    path("", include("livingwell.exchange.urls")),
    path("open/", include("livingwell.opendata.urls")),
]
handler400 = "livingwell.core.views.bad_request"
handler403 = "livingwell.core.views.forbidden"
handler404 = "livingwell.core.views.not_found"
handler500 = "livingwell.core.views.broken"
