from django.urls import path, re_path

from livingwell.opendata.views import feeds, hsds, pages

app_name = "opendata"
_UUID = r"(?P<pk>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_ID = r"(?P<pk>[^/]+)"
urlpatterns = [
    path("", pages.about, name="about"),
    re_path(r"^hsds/?$", hsds.about, name="hsds"),
    re_path(r"^hsds/openapi\.json/?$", hsds.document, name="openapi"),
    re_path(r"^hsds/services/?$", hsds.services, name="services"),
    re_path(rf"^hsds/services/{_ID}/?$", hsds.service, name="service"),
    re_path(r"^hsds/organizations/?$", hsds.organizations, name="organizations"),
    re_path(rf"^hsds/organizations/{_ID}/?$", hsds.organization, name="organization"),
    re_path(r"^hsds/service_at_locations/?$", hsds.links, name="links"),
    re_path(rf"^hsds/service_at_locations/{_ID}/?$", hsds.link, name="link"),
    re_path(r"^hsds/taxonomies/?$", hsds.taxonomies, name="taxonomies"),
    re_path(rf"^hsds/taxonomies/{_ID}/?$", hsds.taxonomy, name="taxonomy"),
    re_path(r"^hsds/taxonomy_terms/?$", hsds.taxonomy_terms, name="taxonomy-terms"),
    re_path(rf"^hsds/taxonomy_terms/{_ID}/?$", hsds.taxonomy_term, name="taxonomy-term"),
    re_path(r"^hsds/.*$", hsds.nothing),
    re_path(r"^openactive/session-series/?$", feeds.sessions_feed, name="session-series"),
    re_path(rf"^calendar/services/{_UUID}\.ics$", feeds.service_calendar, name="service-calendar"),
    re_path(rf"^calendar/places/{_UUID}\.ics$", feeds.place_calendar, name="place-calendar"),
    re_path(r"^calendar/search\.ics$", feeds.search_calendar, name="search-calendar"),
    re_path(r"^package\.zip$", feeds.package, name="package"),
    re_path(r"^(openactive|calendar)(/.*)?$", hsds.nothing),
]
