"""Imports, foreign keys and templates point one way."""

import pytest
from django.apps import apps

from tests.architecture import layers
from tests.architecture.faults import assert_none
from tests.architecture.sources import Source, sources


def test_imports_point_one_way() -> None:
    assert_none(fault for each in sources("dialogue", ending=".py") for fault in layers.import_faults(each))


def test_packages_are_nouns_with_a_line() -> None:
    everywhere = sources("dialogue", "platform_site", "tests", ending=".py")
    assert_none(fault for each in everywhere for fault in layers.package_faults(each))


def test_templates_use_their_own_and_lower_ones() -> None:
    assert_none(
        fault for each in sources("dialogue", ending=".html") for fault in layers.template_faults(each)
    )


def test_the_bootstrap_stands_alone() -> None:
    files = sources("platform_site/bootstrap", ending=".py")
    assert_none(fault for each in files for fault in layers.standalone_faults(each))


def test_foreign_keys_point_one_way() -> None:
    faults = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete else None
            if target is not None and not isinstance(target, str):
                place = {"package": model._meta.app_label, "target": target._meta.app_label}
                faults.append(layers.key_fault(model.__name__, field.name, **place))
    assert_none(fault for fault in faults if fault)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("dialogue/rooms/models.py", "from dialogue.issues.models import Issue"),
        ("dialogue/rooms/models.py", "import dialogue.realtime.hub"),
        ("dialogue/rooms/models.py", "from dialogue import issues"),
        ("dialogue/rooms/models.py", "from .access import can_post"),
        ("dialogue/rooms/models.py", "def later():\n    from dialogue.digests import planning"),
        ("dialogue/journal/entries.py", "from dialogue.outbox.models import Message"),
        ("dialogue/rooms/models.py", "import_module('dialogue.issues.actions')"),
        ("dialogue/rooms/models.py", "apps.get_model('issues.Issue')"),
        ("dialogue/demo/loading.py", "from platform_site.settings import DEMO"),
        ("dialogue/demo/loading.py", "from tests.cast import member"),
    ],
)
def test_an_import_against_the_order_is_found(path: str, code: str) -> None:
    assert list(layers.import_faults(Source(path, code)))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("dialogue/issues/models.py", "from dialogue.rooms.models import Thread"),
        ("dialogue/rooms/actions.py", "from dialogue.rooms import access"),
        ("dialogue/rooms/models.py", "from django.db import models\nimport nh3"),
        ("platform_site/urls.py", "from dialogue.demo import urls"),
    ],
)
def test_an_import_downward_is_fine(path: str, code: str) -> None:
    assert not list(layers.import_faults(Source(path, code)))


def test_an_empty_name_is_found() -> None:
    assert list(layers.package_faults(Source("dialogue/rooms/utils.py", "")))
    assert list(layers.package_faults(Source("dialogue/common/models.py", "")))
    assert list(layers.package_faults(Source("dialogue/weather/models.py", "")))
    assert not list(layers.package_faults(Source("dialogue/rooms/models.py", "")))


def test_a_template_of_an_upper_package_is_found() -> None:
    card = Source("dialogue/rooms/templates/rooms/room.html", '<p>\n{% include "issues/_card.html" %}')
    assert ":2:" in next(layers.template_faults(card))
    own = Source("dialogue/rooms/templates/rooms/room.html", '{% include "rooms/_post.html" %}')
    assert not list(layers.template_faults(own))


def test_a_key_against_the_order_is_found() -> None:
    assert layers.key_fault("Thread", "issue", package="rooms", target="issues")
    assert layers.key_fault("Entry", "mail", package="journal", target="outbox")
    assert not layers.key_fault("Issue", "thread", package="issues", target="rooms")
    assert not layers.key_fault("Entry", "kind", package="journal", target="contenttypes")


def test_a_dependency_of_the_bootstrap_is_found() -> None:
    assert list(layers.standalone_faults(Source("platform_site/bootstrap/x.py", "import django")))
    assert list(layers.standalone_faults(Source("platform_site/bootstrap/x.py", "import platform_site.urls")))
    assert not list(layers.standalone_faults(Source("platform_site/bootstrap/x.py", "import json, pathlib")))
