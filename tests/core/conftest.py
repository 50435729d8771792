"""A store of hosted views for a test alone, of each kind that can be had."""

import pytest

from nps_core.store import open_store
from tests.core.stores import KINDS, fresh_url


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with fresh_url(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def store(url):
    opened = open_store(url)
    yield opened
    opened.close()
