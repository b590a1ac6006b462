"""The statuses of the domain drawn from the code: each `NEXT` table beside its `Status` becomes a picture."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

from django.apps import apps
from django.db.models import TextChoices

Moves = Mapping[TextChoices, frozenset[TextChoices]]
HEAD = """# States

Drawn from the code by `./lw manage draw_states`; `tests/test_docs.py` fails when this page is out of date.
"""


def tables() -> Iterator[tuple[str, Moves]]:
    """The name of each model module of ours that has a `NEXT` table, and the table."""
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        if config.name.startswith("livingwell.") and config.models_module:
            for module in _modules(config.models_module):
                if isinstance(moves := vars(module).get("NEXT"), Mapping):
                    yield (
                        module.__name__.removeprefix("livingwell.").replace(".models", "").replace(".", ": "),
                        moves,
                    )


def _modules(module: ModuleType) -> Iterator[ModuleType]:
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield importlib.import_module(f"{module.__name__}.{found.name}")


def page() -> str:
    """The Markdown of docs/states.md, with a Mermaid diagram for each table."""
    return HEAD + "".join(f"\n## {name}\n\n{_diagram(moves)}" for name, moves in tables())


def _diagram(moves: Moves) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    for status, following in moves.items():
        lines.append(f'    {_id(status)}: {status.value} ("{status.label}")')
        lines += [f"    {_id(status)} --> {_id(after)}" for after in sorted(following, key=str)]
        if not following:
            lines.append(f"    {_id(status)} --> [*]")
    return "\n".join([*lines, "```", ""])


def _id(status: TextChoices) -> str:
    return str(status.value).replace(" ", "_").replace("-", "_")
