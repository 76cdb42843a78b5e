"""`make check` looks and changes nothing; `make fix` lets the formatters write."""

from platform_site.bootstrap.installing import find_npm
from platform_site.bootstrap.parts import Part, run_parts, summarise
from platform_site.bootstrap.places import FRONTEND, manage, python
from platform_site.bootstrap.preparing import prepare

PYTHON_CODE = ("manage.py", "dialogue", "platform_site", "tests", "bench")
TEMPLATES = ("dialogue", "platform_site")
COMPOSE_CHECK = ("check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def run_checks() -> int:
    prepare("dev")
    npm = find_npm()
    return summarise(
        run_parts(
            [
                Part("ruff", python("-m", "ruff", "check", *PYTHON_CODE)),
                Part("ruff format", python("-m", "ruff", "format", "--check", *PYTHON_CODE)),
                Part("mypy", python("-m", "mypy")),
                Part("djlint", python("-m", "djlint", "--lint", "--quiet", *TEMPLATES)),
                Part("djlint format", python("-m", "djlint", "--check", *TEMPLATES)),
                Part("scripts and styles", [*npm, "run", "check"], folder=FRONTEND),
                Part("architecture", python("-m", "pytest", "-q", "tests/architecture")),
                Part("translations", python("-m", "platform_site.translations", "check")),
                Part("migrations", manage("makemigrations", "--check", "--dry-run")),
                Part("docker-compose.yml", python("-m", *COMPOSE_CHECK)),
            ]
        )
    )


def run_fixers() -> int:
    prepare("dev")
    npm = find_npm()
    return summarise(
        run_parts(
            [
                Part("ruff", python("-m", "ruff", "check", "--fix", "--quiet", *PYTHON_CODE)),
                Part("ruff format", python("-m", "ruff", "format", *PYTHON_CODE)),
                # djlint answers 1 when it changed a file, which here is its job.
                Part(
                    "djlint",
                    python("-m", "djlint", "--reformat", "--quiet", *TEMPLATES),
                    fine=frozenset({0, 1}),
                ),
                Part("scripts and styles", [*npm, "run", "fix"], folder=FRONTEND),
            ]
        )
    )
