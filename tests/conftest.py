"""What all tests share: the development data beside the project, and browsers that must not be skipped in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the development data, beside the project; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no development data at {SHARED}")
    return SHARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where a browser is required, a browser test that skips has failed."""
    report = yield
    if report.skipped and os.environ.get("TRIPLOMAT_REQUIRE_BROWSER") and item.get_closest_marker("browser"):  # type: ignore[attr-defined]
        report.outcome = "failed"  # type: ignore[attr-defined]
        report.longrepr = f"skipped, and a browser is required: {report.longrepr}"  # type: ignore[attr-defined]
    return report
