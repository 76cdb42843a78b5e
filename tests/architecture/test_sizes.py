"""Files and functions stay short."""

from tests.architecture import sizes
from tests.architecture.faults import assert_none
from tests.architecture.sources import Source, sources

PYTHON = ("dialogue", "platform_site", "tests")


def test_files_stay_short() -> None:
    files = [
        *sources(*PYTHON, ending=".py"),
        *sources("dialogue", "platform_site", ending=".html"),
        *sources("frontend/src", ending=".ts"),
    ]
    assert_none(fault for each in files for fault in sizes.file_faults(each))


def test_functions_stay_short() -> None:
    assert_none(fault for each in sources(*PYTHON, ending=".py") for fault in sizes.function_faults(each))


def test_a_long_file_is_found() -> None:
    assert not list(sizes.file_faults(Source("dialogue/rooms/models.py", "x = 1\n" * 250)))
    assert list(sizes.file_faults(Source("dialogue/rooms/models.py", "x = 1\n" * 251)))


def test_a_long_function_is_found_and_its_docstring_is_free() -> None:
    short = "def act():\n" + '    """Says\n' + "    much\n" * 40 + '    """\n' + "    x = 1\n" * 29
    assert not list(sizes.function_faults(Source("dialogue/rooms/actions.py", short)))
    assert list(sizes.function_faults(Source("dialogue/rooms/actions.py", short + "    x = 1\n")))
    method = "class A:\n    async def act(self):\n" + "        x = 1\n" * 30
    assert list(sizes.function_faults(Source("dialogue/rooms/actions.py", method)))
