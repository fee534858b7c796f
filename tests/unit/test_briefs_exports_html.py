"""The HTML file stands by itself: no script, nothing fetched, readable without styles and to who cannot see."""

from __future__ import annotations

import base64
import hashlib
import re

from lxml import html

from aidx_assistant.briefs.exports import write
from tests.fakes.whole_briefs import buyer_brief


def page() -> html.HtmlElement:
    return html.document_fromstring(write(buyer_brief(), "html").decode())


def test_nothing_is_fetched_and_no_script_can_run() -> None:
    found = page()
    assert (
        found.xpath("//script | //link | //img | //iframe | //object | //*[@style] | //@*[starts-with(name(), 'on')]")
        == []
    )
    content = write(buyer_brief(), "html").decode()
    assert "url(" not in content
    assert "@import" not in content
    assert all(address.startswith(("#", "https://")) for address in found.xpath("//@href"))


def test_the_policy_allows_its_own_style_sheet_and_nothing_else() -> None:
    found = page()
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(found.xpath("string(//style)").encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_it_says_its_language_title_and_width() -> None:
    found = page()
    assert found.get("lang") == "en-GB"
    assert found.xpath("string(//title)") == buyer_brief().title
    assert found.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]


def test_the_chart_is_drawn_and_told_in_words() -> None:
    chart = buyer_brief().chart
    (drawn,) = page().xpath("//*[name()='svg']")
    assert chart
    assert (drawn.get("role"), drawn.get("aria-label")) == ("img", chart.alt_text)
    assert len(drawn.xpath(".//*[name()='rect']")) == 2 * len(chart.bars)


def test_every_cell_knows_its_column_and_its_row() -> None:
    found = page()
    assert found.xpath("//thead//th/@scope") == ["col"] * 3
    assert found.xpath("//tbody//th/@scope") == ["row"] * 4
    assert found.xpath("//tbody/tr[1]/td/@data-column") == ["What speaks for it", "What speaks against it"]


def test_every_link_within_it_leads_somewhere() -> None:
    found = page()
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {address for address in found.xpath("//@href") if address.startswith("#")} <= {f"#{name}" for name in ids}
    assert re.findall(r"\bmark-\d+", " ".join(ids)) == [f"mark-{number}" for number in range(1, 13)]
