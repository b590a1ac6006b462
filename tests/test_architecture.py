"""Rules of the house that no off-the-shelf linter knows. docs/adr/ says why each is there."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parent.parent
APPS = [
    "core",
    "messaging",
    "themes",
    "directory",
    "people",
    "consent",
    "contacting",
    "keeping",
    "opendata",
    "handouts",
    "suggestions",
    "plans",
    "circles",
    "steps",
    "linkwork",
    "referrals",
    "recall",
    "pages",
    "exchange",
    "home",
]
EVERYTHING = [path for path in sorted((ROOT / "livingwell").rglob("*.py")) if "migrations" not in path.parts]
SOURCES = [path for path in EVERYTHING if "tests" not in path.parts]
ORM_WRITES = {
    "abulk_create",
    "acreate",
    "asave",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update_or_create",
}
SQL_WRITES = ("INSERT ", "UPDATE ", "DELETE ", "TRUNCATE ", "COPY ")
WEB = ("django.http", "django.shortcuts", "django.contrib.messages")
PUBLIC = {"actions", "models", "queries"}
LONGEST_FILE = 400

each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def app_of(path: Path) -> str:
    return path.relative_to(ROOT / "livingwell").parts[0]


def is_action(path: Path) -> bool:
    return path.name == "actions.py" or path.parent.name == "actions"


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def public_modules(app: str) -> set[str]:
    """What an app shows to others: models, actions, queries, and the pure modules its docstring names as public."""
    doc = ast.get_docstring(parsed(ROOT / "livingwell" / app / "__init__.py")) or ""
    _about, _public, named = doc.partition("Public")
    return PUBLIC | set(re.findall(r"`(\w+)`", named))


@each_source
def test_only_actions_write(path: Path) -> None:
    written = [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in ORM_WRITES
            or (
                node.func.attr == "update"
                and node.keywords
                and not node.args
                and _is_queryset(node.func.value)
            )
            or (node.func.attr in {"execute", "executemany", "copy"} and _writes_sql(node))
        )
    ]
    elsewhere = {  # the server itself, and a nameless file beside an import: neither is our data
        ROOT / "livingwell/config/database.py",
        ROOT / "livingwell/directory/feeds/known.py",
    }
    assert is_action(path) or path in elsewhere or not written, (
        f"lines {written}: move the write into actions.py"
    )


def _is_queryset(node: ast.expr) -> bool:
    """Whether an expression goes through a model's manager: `Model.objects.….update(...)`."""
    return any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(node))


def _writes_sql(node: ast.Call) -> bool:
    text = " ".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    return any(word in text for word in SQL_WRITES)


@each_source
def test_the_domain_knows_nothing_of_the_web(path: Path) -> None:
    if path.stem in PUBLIC or is_action(path) or path.parent.name == "models":
        assert not [name for name in imports(parsed(path)) if name.startswith(WEB)]


@each_source
def test_apps_meet_only_through_their_public_modules(path: Path) -> None:
    app = app_of(path)
    for name in imports(parsed(path)):
        root, other, *rest = [*name.split("."), "", ""]
        if root == "livingwell" and other not in {app, "core", "config", ""} and app != "config":
            assert rest[0] in public_modules(other) | {""}, f"{name} is private to {other}"


@each_source
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each_source
def test_a_module_opens_with_what_it_is_about(path: Path) -> None:
    trivial = path.name in {"__init__.py", "urls.py"} or path.stat().st_size == 0
    assert trivial or ast.get_docstring(parsed(path)), (
        "say in one sentence what this module is about in the world"
    )


@each_source
def test_the_clock_is_read_only_at_the_edge(path: Path) -> None:
    """Time is an argument: `at=` and `on=` come from a view, a command, a task, or what a library calls back."""
    edge = (
        path.name in {"views.py", "tasks.py", "sitemaps.py", "adapter.py"}
        or path.parent.name == "views"
        or "commands" in path.parts
        or app_of(path) == "config"
    )
    clocks = {"now", "today", "localdate", "localtime", "utcnow"}
    read = [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]
    around_views = path.relative_to(ROOT / "livingwell").as_posix() in {
        "core/http.py",
        "keeping/access.py",
        "consent/doors.py",
    }
    assert edge or around_views or not read, f"lines {read}: take the time as an argument"


def our_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_model_says_what_one_row_stands_for(model: type[models.Model]) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_foreign_key_protects_or_says_why_not(model: type[models.Model]) -> None:
    module = importlib.import_module(model.__module__).__file__
    assert module
    lines = Path(module).read_text(encoding="utf-8").splitlines()
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT:
            at = next(
                number
                for number, line in enumerate(lines)
                if line.strip().startswith(f"{field.name} = models.")
            )
            nearby = "\n".join(lines[max(0, at - 2) : at + 4])
            if "CASCADE" in nearby:
                assert "derived" in "\n".join(lines).lower(), (
                    f"{model.__name__}.{field.name}: PROTECT, or a reason"
                )


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_the_database_knows_the_values_of_each_choice(model: type[models.Model]) -> None:
    conditions = [str(constraint.deconstruct()) for constraint in model._meta.constraints]
    for field in model._meta.get_fields():
        if isinstance(field, models.CharField) and field.choices:
            assert any(f"{field.name}__in" in text for text in conditions), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_when_travels_with_who(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    for field in model._meta.get_fields():
        if isinstance(field, models.DateTimeField) and field.name.endswith("_at"):
            assert field.name.removesuffix("_at") + "_by" in names, (
                f"{model.__name__}.{field.name} has no _by"
            )


def about_persons() -> set[str]:
    """The names of the models whose rows are about one person."""
    person = apps.get_model("consent", "Person")
    return {"Person"} | {
        model.__name__
        for model in our_models()
        if any(
            getattr(field, "related_model", None) is person and field.concrete
            for field in model._meta.get_fields()
        )
    }


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.name == "views.py" or path.parent.name == "views"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_view_reaches_rows_about_persons_through_the_scoped_door_only(path: Path) -> None:
    bare = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id in about_persons()
        and node.attr != "visible_to"
    ]
    assert not bare, "ask for rows about persons with visible_to"


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


@pytest.mark.django_db
def test_every_address_without_parameters_answers_with_security_headers() -> None:
    client = Client()
    plain = [address for address in addresses(get_resolver()) if "<" not in address and "^" not in address]
    assert plain
    for address in plain:
        response = client.get(f"/{address}")
        assert response.status_code < 500, address
        assert "script-src 'self'" in response.headers["Content-Security-Policy"], address
        assert "unsafe" not in response.headers["Content-Security-Policy"], address
        assert response.headers["X-Content-Type-Options"] == "nosniff", address
        assert response.headers["Referrer-Policy"] == "same-origin", address


def test_a_class_of_the_style_sheet_is_set_in_one_place() -> None:
    """Two partials that mean different things by one name spoil each other's pages."""
    homes: dict[str, set[str]] = {}
    for path in (ROOT / "livingwell/core/frontend").glob("_*.scss"):
        for name in re.findall(r"^\.(lw-[\w-]+) \{", path.read_text(encoding="utf-8"), re.MULTILINE):
            homes.setdefault(name, set()).add(path.name)
    assert not {name: sorted(found) for name, found in homes.items() if len(found) > 1}
