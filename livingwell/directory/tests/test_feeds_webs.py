"""JSON as platforms, websites and standards send it: wrapped, flat, linked, nested the other way round."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from livingwell.directory.feeds import json_files
from livingwell.directory.tests.feeds import is_read_and_told, say, written
from livingwell.directory.tests.test_feeds_shapes import SERIES, item, js

CHOIR: dict[str, Any] = {
    "id": "s1",
    "name": "Choir",
    "status": "active",
    "organization": {"id": "o1", "name": "Friends"},
}
TEA = {"Name": "Tea", "Phone": "020 7946 0001", "Description": "We meet"}
ONLY_TEA = [("phone", "number", "020 7946 0001"), ("service", "description", "We meet")]
GRAPH = {"@context": "https://schema.org", "@graph": [
    {"@type": "Organization", "@id": "#org", "name": "Friends", "telephone": "020 7946 0001"},
    {"@type": "Service", "@id": "#svc", "name": "Choir", "provider": {"@id": "#org"}, "areaServed": "Lambeth",
     "serviceType": "Singing", "availableChannel": {"@type": "ServiceChannel", "serviceLocation": {
         "@type": "Place", "name": "Hall", "address": {"streetAddress": "1 Effra Rd", "postalCode": "SW21BX"}}}},
    {"@type": "Event", "@id": "#ev", "name": "Concert", "startDate": "2026-12-12T19:00", "organizer": {"@id": "#org"}},
]}  # fmt: skip
BUSINESS = {"@type": "CafeOrCoffeeShop", "name": "Cafe", "telephone": "020 7946 0001",
    "openingHours": "Mo-Fr 09:00-17:00",
            "address": {"streetAddress": "1 Effra Rd"}, "geo": {"latitude": 51.46, "longitude": -0.11}}  # fmt: skip
RING = [[[-0.1, 51.4], [-0.1, 51.5], [-0.2, 51.5], [-0.2, 51.4]]]
FOR_ALL: dict[str, Any] = {
    **CHOIR,
    "additional_urls": [{"id": "u1", "label": "Book", "url": "https://x.org/book"}],
    "capacities": [{"id": "k1", "available": 4, "updated": "2026-11-01T10:00:00Z", "unit": {"id": "u", "name": "Bed"}}],
    "schedules": [{"id": "a", "rrule": "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231T000000Z", "opens_at": "1000"},
                  {"id": "b", "description": "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"},
                  {"id": "c", "byday": "MO,WE", "dtstart": "2025-01-06T18:00:00", "freq": "WEEKLY"}],
}  # fmt: skip

Shape = tuple[Any, set[str], list[tuple[str, str, Any]], list[str]]
SHAPES: dict[str, Shape] = {
    "records with fields": ({"records": [{"id": "rec1", "createdTime": "x", "fields": {**TEA, "Tags": ["Food"]}}]},
        {"Tea"},
                            ONLY_TEA, ["created_time"]),
    "columns beside rows": ({"meta": {"view": {"columns": [{"name": "Name", "fieldName": "name"},
        {"fieldName": "phone"},
                                                           {"fieldName": "description"}]}},
                             "data": [["Tea", "020 7946 0001", "We meet"]]}, {"Tea"}, ONLY_TEA, []),
    "rows under a header": ([list(TEA), list(TEA.values())], {"Tea"}, ONLY_TEA, []),
    "values of a sheet": ({"range": "A1:C3", "values": [list(TEA), list(TEA.values()), ["Chess"]]}, {"Tea", "Chess"},
                          ONLY_TEA, []),
    "a data store": ({"success": True, "result": {"records": [{"_id": 1, **TEA}]}}, {"Tea"}, ONLY_TEA, []),
    "attributes with metres": ({"features": [{"attributes": {"OBJECTID": 1, **TEA}, "geometry": {"x": 531000,
        "y": 174500}}]},
                               {"Tea"}, ONLY_TEA, ["National Grid"]),
    "areas on a map": ({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": TEA, "geometry": {"type": "Polygon", "coordinates": RING}},
        {"type": "Feature", "properties": {**TEA, "Name": "Chess"}, "geometry": None}]}, {"Tea", "Chess"},
        [("location", "latitude", 51.45), ("location", "approximate", True)], []),
    "places of a map": ({"elements": [{"type": "node", "id": 1, "lat": 51.46, "lon": -0.11, "tags": {
        "name": "Hall", "phone": "020 7946 0001", "website": "x.org", "opening_hours": "Mo-Fr 09:00-17:00",
        "wheelchair": "yes",
        "addr:street": "Effra Road", "addr:postcode": "SW2 1BX"}}]}, {"Hall"},
        [("address", "postal_code", "SW2 1BX"), ("accessibility", "term", "step-free"), ("location", "latitude", 51.46),
         ("schedule", "byday", "MO,TU,WE,TH,FR")], []),
    "posts of a website": ([{"id": 1, "status": "publish", "title": {"rendered": "Tea &#8211; club"}, "content": {
        "rendered": "<p>We meet</p>", "protected": False}, "acf": {"phone": "020 7946 0001"}}], {"Tea – club"},
        ONLY_TEA, []),
    "nodes of a website": ({"data": [{"type": "node--group", "id": "u1", "attributes": {
        "title": "Tea", "status": True, "field_phone": "020 7946 0001",
        "body": {"value": "<p>We meet</p>", "format": "html", "processed": "<p>We meet</p>"}}}]}, {"Tea"}, ONLY_TEA,
        []),
    "edges and nodes": ({"data": {"services": {"edges": [{"node": CHOIR}], "pageInfo": {}}}}, {"Choir"}, [], []),
    "hits of a search": ({"took": 3, "hits": {"hits": [{"_id": "1", "_source": CHOIR}]}}, {"Choir"},
                         [("organization", "name", "Friends")], []),
    "a graph of schema.org": (GRAPH, {"Choir", "Concert"}, [
        ("service", "organization_id", "#org"), ("address", "postal_code", "SW2 1BX"), ("service_area", "name",
        "Lambeth"),
        ("taxonomy_term", "name", "Singing"), ("phone", "organization_id", "#org"), ("schedule", "opens_at",
        time(19))], []),
    "a list of businesses": ({"@type": "ItemList", "itemListElement": [{"position": 1, "item": BUSINESS}]}, {"Cafe"},
                             [("schedule", "closes_at", time(17)), ("location", "longitude", -0.11)], []),
    "HSDS 3.1 and rules of a calendar": ([FOR_ALL], {"Choir"}, [
        ("attribute", "value", "https://x.org/book"), ("service_capacity", "unit", "Bed"),
        ("schedule", "until", date(2026, 12, 31)), ("schedule", "interval", 2), ("schedule", "byday", "MO,WE"),
        ("schedule", "dtstart", date(2025, 1, 6))], ["rules of a calendar"]),
    "places that hold services": ([{"id": "l1", "name": "Hall", "latitude": 51.46, "longitude": -0.11, "services": [
        CHOIR, {"id": "s2", "name": "Tea"}]}], {"Choir", "Tea"},
        [("service_at_location", "location_id", "l1"), ("service_at_location", "service_id", "s2")], []),
    "organizations that hold all": ({"organizations": [{"id": 1, "name": "Friends", "services": [
        {"id": "s", "name": "Choir", "locations": [{"id": "l", "name": "Hall",
        "address": {"address_1": "1 Effra Rd"}}]}]}]},
        {"Choir"}, [("service", "organization_id", "1"), ("address", "location_id", "l")], []),
    "tables of which some hold things": ({
        "organizations": [{"id": 1, "name": "Friends", "phones": [{"number": "020 7946 0001"}]}],
        "services": [{"id": "5", "organization_id": "1", "name": "Choir"}, {"id": 6.0, "organization_id": 1.0,
        "name": "Tea"}],
        "contacts": [{"id": 7, "service_id": 5, "name": "Ann"}],
        "regular_schedules": [{"id": 3, "service_id": 6, "weekday": 1, "opens_at": "10:00"}]}, {"Choir", "Tea"},
        [("phone", "organization_id", "1"), ("contact", "service_id", "5"), ("schedule", "service_id", "6")], []),
    "what is told later": ([{"id": "s1", "name": "Choir", "organization_id": "o1", "status": "active"},
                            {"id": "o1", "name": "Friends", "website": "x.org", "legal_status": "charity"}], {"Choir"},
                           [("organization", "name", "Friends")], []),
    "commas after the last": ('[{"id": "s1", "name": "Choir,]", "status": "active", "minimum_age": NaN,},]',
        {"Choir,]"}, [],
                              []),
    "OpenActive online and with parts": ({"next": "x", "items": [
        item("OnDemandEvent", 7, 3, {"@type": "OnDemandEvent", "name": "Video",
            "workFeatured": {"url": "https://x.org/v"}}),
        item("HeadlineEvent", 6, 2, {"@type": "HeadlineEvent", "name": "Festival",
            "startDate": "2027-05-01T10:00:00+01:00",
                                     "subEvent": [{"name": "Run", "startDate": "2027-05-01T11:00:00+01:00"}]}),
        item("Thing", 8, 2, {"@type": "Idea", "name": "x"})]}, {"Video", "Festival"},
        [("location", "location_type", "virtual"), ("schedule", "opens_at", time(10)), ("schedule", "opens_at",
        time(11))],
        ["It is an Idea, which is no service"]),
    "OpenActive, deleted before it was made": ({"next": "x", "items": [
        item("ScheduledSession.SessionSeries", "u9", "2026-11-01T10:00:00Z"),
        item("ScheduledSession.SessionSeries", "u9", "2026-11-03T10:00:00Z", {
            "@type": "ScheduledSession", "startDate": "2026-12-08T18:00:00Z", "duration": "PT1H",
            "superEvent": {**SERIES, "eventSchedule": None}})]}, {"Tai chi"},
        [("schedule", "dtstart", date(2026, 12, 8)), ("schedule", "closes_at", time(19))], []),
    "JSON:API with what it points at beside it": (
        {"data": [{"type": "services", "id": "11", "attributes": {"title": "Yoga", "summary": "On chairs",
                   "opening_times": "Tuesdays 2pm-3pm", "price": "£4.50"},
                   "relationships": {"organisation": {"data": {"type": "bodies", "id": "3"}},
                                     "region": {"data": {"type": "regions", "id": "9"}}}}],
         "included": [{"type": "bodies", "id": "3", "attributes": {"name": "Move Well"}}]}, {"Yoga"},
        [("organization", "name", "Move Well"), ("schedule", "byday", "TU"), ("service", "description", "On chairs")],
        ["relationships_region"]),
    "events of a website under a name of its own": (
        {"events": [{"id": 501, "title": "Singing &#8211; taster", "description": "<p>Sing</p>", "cost": "&pound;3",
                     "start_date": "2026-05-06 10:30:00", "end_date": "2026-05-06 12:00:00", "status": "publish",
                     "venue": {"venue": "Hall", "address": "1 Effra Rd", "zip": "SW2 1BX"},
                     "organizer": [{"organizer": "Friends", "email": "a@b.org"}], "categories": [{"name": "Health"}]}],
         "rest_url": "https://x.org", "total": 1}, {"Singing – taster"},
        [("schedule", "dtstart", date(2026, 5, 6)), ("schedule", "closes_at", time(12)), ("address", "postal_code",
        "SW2 1BX"), ("organization", "name", "Friends"), ("location", "name", "Hall"), ("cost_option", "amount", 3)],
        ["categories"]),
    "things under their ids": (
        {"services": {"101": {"serviceName": "Digging", "orgName": "Green", "phoneNumber": "020 7946 0001",
                              "isFree": True}}}, {"Digging"},
        [("organization", "name", "Green"), ("cost_option", "amount", 0)], []),
    "hours by day inside of a thing": (
        [{"id": 1, "name": "Hub", "address": {"line1": "3 Hope St", "postcode": "SW2 1BX"},
          "opening_hours": {"monday": {"open": "09:00", "close": "17:00"}, "tuesday": "10-4", "sunday": "closed"}},
         {"id": 2, "name": "Shed", "address": {"line1": "4 Hope St", "postcode": "SW2 1BX"},
          "opening_hours": [{"day": "Friday", "opens": "10:00", "closes": "12:00"},
                            {"day": "Saturday", "opens": "09:00", "closes": "11:00"}]}], {"Hub", "Shed"},
        [("schedule", "byday", "MO"), ("schedule", "closes_at", time(17)), ("schedule", "byday", "TU"),
         ("schedule", "byday", "FR"), ("schedule", "closes_at", time(11))], []),
    "places on a map": (
        {"type": "FeatureCollection", "name": "assets", "features": [{"type": "Feature", "properties": {
            "ASSET_NAME": "PATMORE HUB", "POSTCODE": "SW84XN", "OPENING_HOURS": "Mon-Fri 9-5"},
            "geometry": {"type": "Point", "coordinates": [-0.14, 51.47]}}]}, {"Patmore Hub"},
        [("location", "name", "Patmore Hub"), ("schedule", "byday", "MO,TU,WE,TH,FR")], []),
    "a schedule's weekday inside of an organization": (
        [{"id": "o", "name": "Trust", "services": [{"id": "s", "name": "Job club", "status": "active",
          "schedules": [{"weekday": "Wednesday", "opens_at": "0930", "closes_at": "1230"}]}]}], {"Job club"},
        [("schedule", "byday", "WE"), ("schedule", "freq", "WEEKLY")], []),
    "lists under headings": (
        {"Food": [{"name": "Pantry", "phone": "020 7946 0001", "postcode": "SW2 1BX"}],
         "Health": [{"name": "Clinic", "phone": "020 7946 0002", "postcode": "SW2 1BX"}]}, {"Pantry", "Clinic"},
        [("phone", "number", "020 7946 0002")], ["category of services"]),
    "a tree of parts of town": (
        {"boroughs": [{"name": "North", "code": "N1", "groups": [{**TEA, "Name": "Tea"}, {**TEA, "Name": "Chess"}]},
                      {"name": "South", "groups": [{**TEA, "Name": "Art"}]}]}, {"Tea", "Chess", "Art"}, ONLY_TEA,
        ["groups_of of services: something in 3 rows, for example: North", "groups_code"]),
    "JSON that a web page loads as a script": (f"var groups = {js([TEA])};\n", {"Tea"}, ONLY_TEA,
                                               ["JSON inside of a script"]),
    "how often in other words, days in a list, and closed": (
        [{**CHOIR, "schedules": [{"id": "1", "byday": ["MO", "WE"], "freq": "FORTNIGHTLY", "opens_at": "10:00"},
                                 {"id": "2", "byday": "2", "opens_at": "Closed", "closes_at": "Closed"}]}], {"Choir"},
        [("schedule", "byday", "MO,WE"), ("schedule", "interval", 2), ("schedule", "freq", "WEEKLY"),
         ("schedule", "description", "Tuesday: closed")], ["how often in other words", "said to be closed"]),
    "OpenActive, places by themselves": ({"next": "x", "items": [
        item("Place", "p1", 1, {"@type": "Place", "@id": "https://x.org/p1", "name": "Baths",
                                "address": {"postalCode": "SW2 1BX", "streetAddress": "3 Moor Rd"}}),
        item("SessionSeries", "s1", 1, {"@type": "SessionSeries", "name": "Swim", "location": "https://x.org/p1"})]},
        {"Swim"}, [("location", "name", "Baths"), ("address", "postal_code", "SW2 1BX"),
                   ("service_at_location", "location_id", "https://x.org/p1")], []),
    "OpenActive of the first years": ({"next": "x", "items": [
        item("session", 89, "2016-10-10T10:00:00Z", {
            "type": "Event", "name": "Spin", "activity": "Cycling", "ageRange": "16+",
            "startDate": "2026-05-01T07:00:00Z",
            "organizer": {"name": "Gym", "contactPoint": {"telephone": "020 7946 0001", "email": "a@b.org"}}}),
        item("session", 90, 2, {"type": "Event", "name": "Swim", "typicalAgeRange": "60-"})]}, {"Spin", "Swim"},
        [("service", "minimum_age", 16), ("service", "minimum_age", 60), ("phone", "number", "020 7946 0001"),
         ("service", "email", "a@b.org")], []),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_json_of_any_shape_is_read_and_told(tmp_path: Path, shape: str) -> None:
    content, names, facts, phrases = SHAPES[shape]
    is_read_and_told(
        written(tmp_path / "feed.json", content if isinstance(content, str) else js(content)),
        names,
        facts,
        phrases,
    )


def test_a_large_file_that_goes_too_deep_ends_with_a_word_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_files, "SMALL", 1_000)
    many = js([{**CHOIR, "id": str(number), "description": "x" * 100} for number in range(1_000)])
    said = say(written(tmp_path / "feed.json", many[:-1] + "," + '{"a":[' * 60_000))
    assert len(said.entries["service"]) > 500
    assert "nested too deeply" in said.report.as_text()
    assert said.report.adds_up
