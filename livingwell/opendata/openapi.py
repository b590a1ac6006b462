"""The OpenAPI document of our HSDS interface: each address, what may be asked of it, and how it answers."""

from __future__ import annotations

from typing import Any, Final

from livingwell.opendata.asked import PARAMETERS

Schema = dict[str, Any]
PAGED: Final = ("search", "page", "per_page", "format")
NARROWING: Final = (
    "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "postcode", "proximity", "minimum_age",
    "maximum_age", "day", "start_time", "end_time",
)  # fmt: skip
PARAMETERS_OF: Final[dict[str, tuple[str, ...]]] = {
    "services": (*PAGED, *NARROWING, "minimal", "full"),
    "services/{id}": (),
    "service_at_locations": (*PAGED, *NARROWING, "full"),
    "service_at_locations/{id}": (),
    "organizations": (*PAGED, "organization_id", "modified_after", "full", "full_service"),
    "organizations/{id}": ("full_service",),
    "taxonomies": PAGED,
    "taxonomies/{id}": (),
    "taxonomy_terms": (*PAGED, "taxonomy_id", "top_only", "parent_id"),
    "taxonomy_terms/{id}": (),
}
ABOUT: Final = {
    "services": ("Service", "services"),
    "service_at_locations": ("ServiceAtLocation", "services at a location"),
    "organizations": ("Organization", "organizations"),
    "taxonomies": ("Taxonomy", "taxonomies, our own themes first"),
    "taxonomy_terms": ("TaxonomyTerm", "terms of the taxonomies"),
}
UUIDS: Final = {"type": "string", "format": "uuid"}


def _thing(*required: str, **more: Schema) -> Schema:
    texts = {name: {"type": "string", "minLength": 1} for name in required}
    return {"type": "object", "required": list(required), "properties": texts | {"id": UUIDS} | more}


STATUS: Final = {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]}
SCHEMAS: Final[dict[str, Schema]] = {
    "Service": {
        "anyOf": [
            _thing("id", "name", "status", status=STATUS),
            {**_thing("id", "modified_date"), "description": "Where minimal is asked for."},
        ]
    },
    "ServiceAtLocation": _thing("id", "name", "status", status=STATUS, location={"type": "object"}),
    "Organization": _thing("id", "name", "description"),
    "Taxonomy": _thing("id", "name", "description"),
    "TaxonomyTerm": _thing("id", "name", "description"),
    "Problem": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {"type": "string", "description": "One sentence: what is wrong, and what to do."},
            "parameter": {"type": "string", "description": "The parameter that it is about."},
        },
    },
}


def page_of(name: str) -> Schema:
    whole, yes = {"type": "integer", "minimum": 0}, {"type": "boolean"}
    properties = {
        "total_items": whole, "total_pages": whole, "page_number": whole, "size": whole, "first_page": yes,
        "last_page": yes, "empty": yes,
        "contents": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
    }  # fmt: skip
    return {"type": "object", "required": list(properties), "properties": properties}


def document(site: str) -> Schema:
    """OpenAPI 3.0.3. `site`: the public address, without a slash at the end."""
    paths: dict[str, Schema] = {"/": _front()}
    for path, names in PARAMETERS_OF.items():
        root = path.partition("/")[0]
        name, plural = ABOUT[root]
        one = path.endswith("{id}")
        paths[f"/{path}"] = _path(name, plural, names, one=one)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Living Well Network: open data",
            "version": "HSDS-UK-3.0",
            "description": "What is around, as HSDS 3.0 and its UK profile have it. No key. All parameters given "
            "must hold together. Ask by POST where a search says what somebody needs: then it stands in no address.",
        },
        "servers": [{"url": f"{site}/open/hsds"}],
        "externalDocs": {"url": f"{site}/open/"},
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _front() -> Schema:
    schema = {
        "type": "object",
        "required": ["version", "profile", "openapi_url"],
        "properties": {
            "version": {"type": "string"},
            "profile": {"type": "string", "format": "uri"},
            "openapi_url": {"type": "string", "format": "uri"},
        },
    }
    return {"get": {"operationId": "about", "summary": "What this API is.", "responses": _responses(schema)}}


def _path(name: str, plural: str, names: tuple[str, ...], *, one: bool) -> Schema:
    schema: Schema = {"$ref": f"#/components/schemas/{name}"} if one else page_of(name)
    responses = _responses(schema, missing=one, lines=not one)
    about = f"One of the {plural}, with all that belongs to it." if one else f"A page of {plural}."
    made: Schema = {
        "get": {
            "operationId": f"{'get' if one else 'list'}{name}",
            "summary": about,
            "parameters": [_parameter(each) for each in names],
            "responses": responses,
        }
    }
    if one:
        made["parameters"] = [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        ]
    else:
        body = {"type": "object", "properties": {each: dict(PARAMETERS[each].schema) for each in names}}
        made["post"] = {
            "operationId": f"ask{name}",
            "summary": f"{about} The same parameters as JSON, so that they stand in no address.",
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": responses | {"413": _problem("More was sent than a question needs.")},
        }
    return made


def _parameter(name: str) -> Schema:
    each = PARAMETERS[name]
    made: Schema = {"name": name, "in": "query", "description": each.about, "schema": dict(each.schema)}
    return made | ({"style": "form", "explode": True} if each.repeated else {})


def _responses(schema: Schema, *, missing: bool = False, lines: bool = False) -> Schema:
    content: Schema = {"application/json": {"schema": schema}}
    if lines:
        content["application/x-ndjson"] = {"schema": {"type": "string"}}
    found: Schema = {
        "200": {"description": "What was asked for.", "content": content},
        "304": {"description": "You have it already."},
        "400": _problem("A parameter cannot be read."),
        "405": _problem("Only GET and POST are answered."),
        "429": _problem("Too much in ten minutes."),
    }
    return found | ({"404": _problem("There is nothing with this id.")} if missing else {})


def _problem(about: str) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": about, "content": {"application/json": {"schema": schema}}}
