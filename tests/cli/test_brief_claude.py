"""`aidx brief` by Claude: the real SDK, in a child process, against the tests' Messages server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.brief_script import DEPLOYED, SECTIONS, drafting, heading_of
from tests.fakes.command import Ran, aidx
from tests.fakes.messages_requests import search_results
from tests.fakes.messages_script import Break, Reply, Script, Text, overloaded, unauthorised
from tests.fakes.messages_server import MessagesServer

SCRIBES = ("ambient scribes", "--segment", "provider", "--for", "CMIO, 500-bed health system")
KEY = "sk-ant-secret-for-tests"
INTERRUPTIBLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests started in the background would hand on that it is ignored
os.execv(sys.executable, [sys.executable, "-m", "aidx_assistant", "brief", *sys.argv[1:]])
"""


def brief(url: str, home: Path, *arguments: str, **variables: str) -> Ran:
    return aidx("brief", *arguments, home=home, ANTHROPIC_API_KEY=KEY, ANTHROPIC_BASE_URL=url, **variables)


def part_of(markdown: str, heading: str) -> str:
    """A section of a brief in Markdown."""
    after = markdown.partition(f"## {heading}\n")[2]
    return after.partition("\n## ")[0].partition("\n> ## ")[0]


def drafted(ran: Ran) -> list[str]:
    return [section["key"] for section in ran.json["sections"] if section["drafted"]]


@pytest.mark.slow
def test_each_section_is_drafted_cited_and_put_into_its_form(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        ran = brief(server.url, own_home, *SCRIBES)
        bodies = server.bodies
    assert ran.code == 0, ran.err
    assert "Drafted by claude" in ran.out
    assert part_of(ran.out, "Decision to take").strip().startswith("Decide whether to roll out ambient scribes")
    assert "**Owner:** \\_" in ran.out or "**Owner:** __" in ran.out
    evidence = part_of(ran.out, "Evidence")
    assert "30%[^1] + 22%[^5] + 40%[^3] = 92% (own calculation)" in evidence
    assert evidence.count("*Source: The Healthcare AI Adoption Index") == 3
    assert "Source: The Index" not in ran.out
    options = part_of(ran.out, "Options")
    assert (
        options.index("| Build |") < options.index("| Buy |") < options.index("| Co-develop | The sources are silent")
    )
    assert "| Wait (do nothing) |" in options
    healthcare = part_of(ran.out, "Healthcare points")
    assert "**Privacy and security:** The sources are silent: ask the vendor where data are kept" in healthcare
    assert "Something else that has no label." in healthcare
    assert "attributed to Bain is 60% for both together" in ran.out
    assert len(bodies) == 9
    assert ran.err.splitlines()[0] == "aidx: Why now (1 of 9) …"


@pytest.mark.slow
def test_what_is_sent(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        brief(server.url, own_home, *SCRIBES)
        received = [request for request in server.requests if request.path == "/v1/messages"]
    headings = [heading_of(request) for request in received]
    assert headings[:5] == ["Why now", "Evidence", "Options", "Risks and stop conditions", "Healthcare points"]
    assert headings[-1] == "Next step"
    sources = {block["source"].split("/")[0] for request in received for block in search_results(request.body)}
    assert sources == {"healthcare-ai-adoption-index"}  # what is not for briefs is not sent
    asked = [request.body["messages"][0]["content"][-1]["text"] for request in received]
    assert all("“ambient scribes”, for the segment: providers" in text for text in asked)
    assert all("Reader: CMIO, 500-bed health system" in text for text in asked)
    assert "{" not in "".join(asked)
    assert "Another 40% of surveyed providers are piloting" not in asked[1]
    assert "Another 40% of surveyed providers are piloting" in asked[-1]  # what sums up is given the rest
    assert "You draft one section of a brief" in received[0].body["system"][0]["text"]


@pytest.mark.slow
def test_the_same_evidence_is_read_from_the_cache(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        ran = brief(server.url, own_home, *SCRIBES, "--json")
    usage = ran.json["usage"]
    assert usage["cache_read_input_tokens"] > usage["cache_creation_input_tokens"] > 0
    assert usage["cost_usd"] > 0


@pytest.mark.slow
def test_a_question_is_the_decision_and_is_asked_with_the_evidence(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        ran = brief(server.url, own_home, *SCRIBES, "--question", "Do we roll scribes out in May?")
        asked = {heading_of(r): r.body["messages"][0]["content"][-1]["text"] for r in server.requests}
    assert "Do we roll scribes out in May?" in part_of(ran.out, "Decision to take")
    assert "Decision to take" not in asked
    assert "- Do we roll scribes out in May?" in asked["Evidence"]
    assert "Decision to take: Do we roll scribes out in May?" in asked["Why now"]


@pytest.mark.slow
def test_a_figure_that_its_sentence_does_not_carry_is_a_fault(own_home: Path) -> None:
    wrong = (("- Among surveyed payers, 36% have deployed ambient scribes", DEPLOYED), ".")
    with MessagesServer(drafting(Why_now=wrong)) as server:
        ran = brief(server.url, own_home, *SCRIBES)
    assert ran.code == 5
    assert "Why now: 36%" in ran.err and "(figure-unsupported)" in ran.err
    assert "This draft has 1 fault" in ran.out


@pytest.mark.slow
def test_a_calculation_with_a_figure_of_nobody_is_not_made(own_home: Path) -> None:
    wrong = (("- In all calc(30% + 61%) of surveyed providers", DEPLOYED), ".")
    with MessagesServer(drafting(Evidence=wrong)) as server:
        ran = brief(server.url, own_home, *SCRIBES)
    assert ran.code == 5
    assert "91" not in part_of(ran.out, "Evidence")
    assert "not calculated" in part_of(ran.out, "Evidence")


@pytest.mark.slow
def test_a_section_that_the_sources_do_not_answer_says_so(own_home: Path) -> None:
    sections = {heading: reply for heading, reply in SECTIONS.items() if heading not in ("Why now", "Options")}
    with MessagesServer(drafting(sections)) as server:
        ran = brief(server.url, own_home, *SCRIBES)
    assert "The sources do not say why this is to be decided now." in part_of(ran.out, "Why now")
    assert part_of(ran.out, "Options").count("The sources are silent.") == 8
    assert ran.code == 0, ran.err


@pytest.mark.slow
def test_no_section_answered_makes_no_brief(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    with MessagesServer(drafting({})) as server:
        ran = brief(server.url, own_home, *SCRIBES, "-o", str(file))
        requests = len(server.bodies)
    assert ran.code == 4
    assert requests == 5  # what only sums up is not asked for any more
    assert not file.exists()


@pytest.mark.slow
def test_what_has_nothing_to_do_with_the_library_is_not_sent(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        ran = brief(server.url, own_home, "zebra husbandry", "--segment", "payer")
        assert server.bodies == []
    assert (ran.code, ran.out) == (4, "")


@pytest.mark.slow
def test_offline_asks_nobody(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        ran = brief(server.url, own_home, *SCRIBES, "--offline")
        assert server.bodies == []
    assert ran.code == 0
    assert "No model" in ran.out


def failing_from(heading: str, failure: Script) -> Script:
    """Drafts until a section is asked for, and from there on fails."""
    well = drafting()
    failed = []

    def answer(request: object) -> object:
        if failed or heading_of(request) == heading:  # type: ignore[arg-type]
            failed.append(heading)
            return failure
        return well(request)  # type: ignore[arg-type]

    return answer  # type: ignore[return-value]


@pytest.mark.slow
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(unauthorised(), id="refused", marks=pytest.mark.slow),
        pytest.param(overloaded(), id="overloaded", marks=pytest.mark.slow),
        pytest.param(Reply((Text("Half a sen"),), broken=Break("reset", at="message_delta")), id="broken off"),
    ],
)
def test_a_fault_midway_keeps_what_is_finished_and_the_rest_can_follow(
    own_home: Path, tmp_path: Path, failure: Script
) -> None:
    file = tmp_path / "brief.md"
    with MessagesServer(failing_from("Options", failure)) as server:
        ran = brief(server.url, own_home, *SCRIBES, "-o", str(file), "--json", AIDX_MAX_RETRIES="0")
    assert ran.code == 5
    assert drafted(ran) == ["why-now", "evidence"]
    assert "aidx brief --redraft missing" in ran.err
    assert "(section-not-drafted)" in ran.err
    markdown = file.read_text(encoding="utf-8")
    assert markdown.count("This section was not drafted.") == 7
    assert "Another 40% of surveyed providers" in part_of(markdown, "Why now")
    assert "Half a sen" not in markdown
    with MessagesServer(drafting()) as server:
        rest = brief(server.url, own_home, "--redraft", "missing", "-o", str(file), "--force")
        asked = [heading_of(request) for request in server.requests]
    assert rest.code == 0, rest.err
    assert len(asked) == 7 and "Why now" not in asked
    whole = file.read_text(encoding="utf-8")
    assert "Not drafted" not in whole and "fault" not in whole
    assert "30%[^1] + 22%[^" in whole


def test_a_fault_at_the_beginning_writes_nothing(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    with MessagesServer(unauthorised()) as server:
        ran = brief(server.url, own_home, *SCRIBES, "-o", str(file))
    assert ran.code == 3
    assert not file.exists()
    assert not (own_home / "briefs").exists()
    assert KEY not in ran.err


@pytest.mark.slow
def test_a_refused_section_is_missing_and_the_others_are_there(own_home: Path) -> None:
    refused = Reply((), stop_reason="refusal", explanation="Not this.")
    with MessagesServer(drafting(Why_now=refused)) as server:
        ran = brief(server.url, own_home, *SCRIBES, "--json")
    assert ran.code == 5
    assert "why-now" not in drafted(ran) and len(drafted(ran)) == 8
    assert "Not this." in ran.err


@pytest.mark.slow
def test_one_section_is_drafted_anew_and_the_numbers_follow(own_home: Path, tmp_path: Path) -> None:
    with MessagesServer(drafting()) as server:
        brief(server.url, own_home, *SCRIBES)
    other = ("- Security is a barrier. ", *SECTIONS["Risks and stop conditions"])
    with MessagesServer(drafting(Why_now=other)) as server:
        ran = brief(server.url, own_home, "ambient scribes", "--segment", "provider", "--redraft", "why-now")
        assert len(server.bodies) == 1
    assert ran.code == 0, ran.err
    assert "Security is a barrier" in part_of(ran.out, "Why now")
    assert "= 92% (own calculation)" in ran.out
    numbers = [line[2 : line.index("]")] for line in ran.out.splitlines() if line.startswith("[^")]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.slow
def test_a_section_whose_redraft_fails_stays_as_it_was(own_home: Path) -> None:
    with MessagesServer(drafting()) as server:
        first = brief(server.url, own_home, *SCRIBES)
    with MessagesServer(unauthorised()) as server:
        ran = brief(server.url, own_home, "--redraft", "why-now")
    assert ran.code == 3
    assert aidx("brief", "--from", "last", home=own_home).out == first.out


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send to a child alone")
def test_ctrl_c_keeps_the_finished_sections(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    stalling = Reply((Text("Slowly "),), broken=Break("stall", at="message_stop", seconds=30.0))
    with MessagesServer(drafting(Options=stalling)) as server:
        process = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTIBLE, *SCRIBES, "-o", str(file)],
            env={**os.environ, "AIDX_HOME": str(own_home), "ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": server.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while len(server.bodies) < 3 and process.poll() is None:
            time.sleep(0.05)
        time.sleep(0.3)  # the first words of the third section are on their way
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert server.hung_up.wait(5)
    assert process.returncode == 130, told
    markdown = file.read_text(encoding="utf-8")
    assert "= 92% (own calculation)" in markdown
    assert "Slowly" not in markdown
    assert markdown.count("Not drafted.") == 7


@pytest.mark.slow
def test_a_killed_command_has_kept_each_finished_section(own_home: Path) -> None:
    stalling = Reply((Text("Slowly "),), broken=Break("stall", at="message_stop", seconds=30.0))
    with MessagesServer(drafting(Options=stalling)) as server:
        process = subprocess.Popen(
            [sys.executable, "-m", "aidx_assistant", "brief", *SCRIBES],
            env={**os.environ, "AIDX_HOME": str(own_home), "ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": server.url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while len(server.bodies) < 3 and process.poll() is None:
            time.sleep(0.05)
        process.kill()
        process.wait(30)
    with MessagesServer(drafting()) as server:
        ran = brief(server.url, own_home, "--redraft", "missing")
        asked = [heading_of(request) for request in server.requests]
    assert ran.code == 0, ran.err
    assert asked[0] == "Options" and len(asked) == 7
    assert "= 92% (own calculation)" in ran.out
