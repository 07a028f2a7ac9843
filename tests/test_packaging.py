"""The package list and the data patterns hold every module and data file of the tree."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
HOMES = {name: ROOT / CONFIG["package-dir"].get(name, "") for name in CONFIG["packages"]}


def test_every_folder_of_python_is_a_listed_package() -> None:
    folders = {
        path.parent for home in ("src", "extractors", "graph", "ontology") for path in (ROOT / home).rglob("*.py")
    }
    folders = {folder.resolve() for folder in folders}
    assert folders == {home.resolve() for home in HOMES.values()}


def test_every_data_file_matches_a_pattern() -> None:
    missing = []
    for package, home in HOMES.items():
        matched = {path for pattern in CONFIG["package-data"].get(package, []) for path in home.glob(pattern)}
        nested = [other for other in HOMES.values() if other != home and home in other.parents]
        for path in home.rglob("*"):
            if not path.is_file() or path.is_symlink() or path.suffix in (".py", ".pyc", ".md"):
                continue
            if any(folder in path.parents for folder in nested) or any(parent.is_symlink() for parent in path.parents):
                continue
            if path not in matched:
                missing.append(path.relative_to(ROOT).as_posix())
    assert not missing, "files that the wheel would lack"


@pytest.mark.wheel
def test_the_wheel_carries_every_module_and_data_file(tmp_path: Path) -> None:
    pytest.importorskip("build", reason="the package build is not installed")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    for package, home in HOMES.items():
        folder = package.replace(".", "/")
        patterns = ["*.py", *CONFIG["package-data"].get(package, [])]
        for path in (path for pattern in patterns for path in home.glob(pattern)):
            assert f"{folder}/{path.relative_to(home).as_posix()}" in names
