"""What an installation is made of keeps its promises without an engine to try it on."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.architecture.layers import LINES

PROJECT = Path(__file__).resolve().parents[2]
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD"}
ONE_SHOT = {"tables"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    return content


def test_the_compose_file_is_valid(compose: dict[str, Any]) -> None:
    schema = files("check_jsonschema.builtin_schemas.vendor") / "compose-spec.json"
    jsonschema.validate(compose, json.loads(schema.read_text()))


def test_web_can_stand_beside_itself(compose: dict[str, Any]) -> None:
    web = compose["services"]["web"]
    assert "container_name" not in web
    assert all(port.startswith("127.0.0.1::") for port in web["ports"])


def test_everything_that_stays_has_a_health_check(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert ("healthcheck" in service) is (name not in ONE_SHOT), name


def test_secrets_come_from_the_environment_and_have_no_default(compose: dict[str, Any]) -> None:
    used = re.findall(r"\$\{(\w+)(:[-?])?", (PROJECT / "docker-compose.yml").read_text())
    assert {name for name, _ in used} >= SECRETS
    assert all(kind == ":?" for name, kind in used if name in SECRETS)
    assert not any("env_file" in service for service in compose["services"].values())


def test_only_the_loopback_is_opened(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))


def test_settings_know_every_name(compose: dict[str, Any]) -> None:
    settings = (PROJECT / "platform_site" / "settings.py").read_text()
    known = set(re.findall(r"""env\.\w+\(\s*["'](\w+)["']""", settings))
    given = set(compose["services"]["web"]["environment"])
    example = set(re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    assert given <= known
    assert example - {"POSTGRES_PASSWORD"} <= known


def test_the_example_holds_no_secret() -> None:
    lines = (PROJECT / ".env.example").read_text().splitlines()
    assert all(f"{name}=" in lines for name in SECRETS)


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    assert users
    assert users[-1] not in ("root", "0")


def test_ci_calls_what_everybody_calls() -> None:
    assert "make test" in (PROJECT / ".ci" / "run").read_text()
    assert (PROJECT / ".ci" / "run").stat().st_mode & 0o111


def test_newcomers_read_the_order_that_is_checked() -> None:
    page = (PROJECT / "CONTRIBUTING.md").read_text()
    for number, line in enumerate(LINES):
        assert f"| {number} | {' · '.join(f'`{package}`' for package in line)} |" in page
