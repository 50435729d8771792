"""What protects the reader: headers, foreign text made plain, errors and logs that say nothing about the data."""

import base64
import hashlib
import logging
import re
from pathlib import Path

import pytest
import streamlit as st

from pages.parts import safety
from tests.pages.opened import ROOT


@pytest.mark.parametrize("text", ["$5 to $10", "![p](http://a/b.png)", "<img src=x>", ":red[x]", "**b**", "a_b", "`c`", "\\"])
def test_every_mark_of_markdown_is_escaped(text):
    assert not re.search(r"(?<!\\)[$!\[\]<>*_`:]", safety.plain(text).replace("\\\\", ""))


def test_an_address_in_a_label_is_no_link():
    # The invisible word joiner stands where Markdown would see the address begin.
    assert "\\:\u2060\\/\\/" in safety.plain("http://a.b")
    assert "www\u2060" in safety.plain("www.a.b")


def test_a_label_is_one_line():
    assert safety.plain("a\n\n# b") == "a \\# b"


def test_the_policy_allows_just_the_script_of_this_streamlit_and_that_of_who_presents():
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert len(inline) == 1
    inline.append((ROOT / "pages" / "parts" / "present.js").read_text(encoding="utf-8"))
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert f"script-src 'self' {allowed};" in safety.content_security_policy("'self'")


def test_the_operator_says_who_may_frame_a_view():
    assert safety.content_security_policy("https://intranet.example").endswith("frame-ancestors https://intranet.example")


def test_a_fault_of_ours_is_logged_by_its_place_alone(caplog):
    with pytest.raises(ValueError, match="wrote") as caught:
        raise ValueError("what a respondent wrote")
    with caplog.at_level(logging.ERROR):
        assert safety.quiet_error(caught.value)
    assert "ValueError in test_safety.py" in caplog.text
    assert "respondent wrote" not in caplog.text


def test_streamlits_own_log_loses_the_traceback(caplog):
    safety.quiet_log()
    logger = logging.getLogger("streamlit.error_util")
    logger.addHandler(caplog.handler)
    try:
        raise ValueError("what a respondent wrote")
    except ValueError:
        logger.exception("Uncaught app execution")
    finally:
        logger.removeHandler(caplog.handler)
    assert "Uncaught app execution" in caplog.text
    assert "respondent wrote" not in caplog.text
