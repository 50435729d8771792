import pytest

from nps_core.errors import BadSetting
from nps_core.settings import EXPIRIES, SETTINGS, Settings, settings


def test_nothing_set_is_the_default():
    assert settings({}) == settings({"HOME": "somewhere", "NPS_FLOOR": "", "NPS_TEST_POSTGRES": "x"}) == Settings()


def test_every_field_has_a_setting_and_every_setting_a_meaning():
    assert [setting.field for setting in SETTINGS] == list(Settings.__dataclass_fields__)
    assert all(len(setting.meaning.split()) > 3 for setting in SETTINGS)


def test_what_is_set_is_used():
    given = {
        "NPS_STORE_URL": "postgresql://nps:secret@db/nps",
        "NPS_LONGEST_EXPIRY_DAYS": "7",
        "NPS_FRAME_ANCESTORS": "'self' https://intranet.example.com:8443",
        "NPS_ALLOWED_DOMAINS": "Example.com, sub.example.org",
    }
    found = settings(given)
    assert found.store_url.startswith("postgresql://")
    assert found.expiries == (1, 7)
    assert found.usual_expiry == 7
    assert found.frame_ancestors.endswith(":8443")
    assert found.allowed_domains == ("example.com", "sub.example.org")


@pytest.mark.parametrize("days", [1, 6, 7, 30, 89, 90])
def test_there_is_always_a_lifetime_to_choose(days):
    found = Settings(longest_expiry_days=days)
    assert found.usual_expiry in found.expiries
    assert set(found.expiries) <= set(EXPIRIES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NPS_FLOOR", "4"),  # a hosted view never shows fewer than five
        ("NPS_FLOOR", "five"),
        ("NPS_FLOOR", "٥"),  # a digit, but not one a configuration is written in
        ("NPS_LONGEST_EXPIRY_DAYS", "0"),
        ("NPS_LONGEST_EXPIRY_DAYS", "91"),
        ("NPS_LONGEST_EXPIRY_DAYS", "-1"),
        ("NPS_VIEW_MAX_MB", "1e3"),
        ("NPS_STORE_URL", "mysql://db/nps"),
        ("NPS_STORE_URL", "sqlite://"),  # in memory, gone with the process
        ("NPS_FRAME_ANCESTORS", "'self'; script-src *"),
        ("NPS_FRAME_ANCESTORS", "https://a.example\nX-Header: 1"),
        ("NPS_ALLOWED_DOMAINS", "@example.com"),
        ("NPS_FLOR", "5"),
        ("NPS_SOMETHING_ELSE", "5"),
    ],
)
def test_what_is_wrong_is_named(name, value):
    with pytest.raises(BadSetting) as raised:
        settings({name: value})
    assert name in str(raised.value)


def test_all_that_is_wrong_is_said_at_once_and_no_password_is():
    with pytest.raises(BadSetting) as raised:
        settings({"NPS_FLOOR": "4", "NPS_STORE_URL": "mysql://nps:hunter2-secret@db/nps"})
    assert "NPS_FLOOR" in str(raised.value)
    assert "NPS_STORE_URL" in str(raised.value)
    assert "hunter2" not in str(raised.value)
    assert "hunter2" not in repr(Settings(store_url="postgresql://nps:hunter2@db/nps"))
