"""A team keeps one index on a Chroma server: what one adds the others find, and no failure of it loses anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from aidx_assistant.errors import EXIT_API, EXIT_USAGE, AidxError, SettingsError, SharedIndexError
from aidx_assistant.evidence import Finding, Locator, Passage, Source
from aidx_assistant.library import server as server_module
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.records import Import
from aidx_assistant.library.server import ChromaServer, ServerAwayError
from aidx_assistant.library.shared_known import KnownSources
from aidx_assistant.library.store import Store
from aidx_assistant.library.vectors import connect
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.retrieval.search import search
from tests.fakes.chroma import NetworkBefore, RunningChroma, free_port
from tests.fakes.command import aidx
from tests.fakes.sources import HashEmbedder, write_source


class OtherEmbedder(HashEmbedder):
    fingerprint = "hash/2"


class Told(Progress):
    """What the user was told."""

    def __init__(self) -> None:
        self.notices: list[str] = []

    def notice(self, text: str) -> None:
        self.notices.append(text)


class Member:
    """A member of the team: a home of their own, and an index that all share."""

    def __init__(
        self, home: Path, server: ChromaServer | None, embedder: Callable[[], HashEmbedder] = HashEmbedder
    ) -> None:
        self.told = Told()
        self.corpus = write_source(home / "corpus", "shipped", [["What ships with all."]]).parent
        self.library = Library(home, embedder, self.told, server)

    def add(self, source_id: str, sentences: Sequence[str]) -> None:
        """Without a sync."""
        passages = tuple(
            Passage(f"{source_id}/section/main/{at}", source_id, Locator("section", heading="Main"), (text,), ("all",))
            for at, text in enumerate(sentences, 1)
        )
        finding = Finding(
            f"{source_id}/f1", source_id, sentences[0], None, None, "m", "all", "", None, "t",
            passages[0].locator, passages[0].id, 0, origin="imported",
        )  # fmt: skip
        source = Source(source_id, f"Report {source_id}", (), "", None, None, False, (), 0, "")
        imported = Import(source_id, f"/of/{source_id}.md", f"sha of {sentences}", "clip", "2026-01-01T00:00:00Z")
        self.library.add_import(ReadSource(source, passages, (finding,)), imported, b"\x01")

    def sync(self) -> None:
        self.library.sync(self.corpus)

    def best(self, query: str) -> str:
        found = search(self.library, query, limit=1)
        return found[0].passage.text if found else ""

    @property
    def ids(self) -> list[str]:
        return sorted(source.id for source in self.library.store.sources())


Join = Callable[..., Member]


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningChroma]:
    with RunningChroma(tmp_path_factory.mktemp("chroma")) as running:
        yield running


@pytest.fixture
def join(chroma: RunningChroma, tmp_path: Path) -> Iterator[Join]:
    """Members of one team, each with a home."""
    members: list[Member] = []
    database = chroma.new_database()

    def joined(url: str = chroma.url, embedder: Callable[[], HashEmbedder] = HashEmbedder, token: str = "") -> Member:
        member = Member(tmp_path / str(len(members)), ChromaServer(url, database=database, token=token), embedder)
        members.append(member)
        return member

    yield joined
    for member in members:
        member.library.close()


@pytest.mark.slow
def test_what_one_adds_the_others_find_with_its_findings_and_without_embedding_it(join: Join) -> None:
    one, other = join(), join()
    one.add("bridges", ["Bridges in Ruritania need paint.", "Trains run late."])
    one.sync()
    other.sync()
    assert other.ids == ["bridges", "shipped"]
    assert other.best("paint for bridges") == "Bridges in Ruritania need paint."
    store = other.library.store
    assert [finding.statement for finding in store.findings()] == ["Bridges in Ruritania need paint."]
    embedder = other.library.embedder
    assert isinstance(embedder, HashEmbedder)
    assert "Trains run late." not in embedder.embedded
    assert store.imports()[0].origin == "shared:bridges"  # the path is of use to nobody else


@pytest.mark.slow
def test_what_one_removes_goes_for_all_and_what_one_changes_changes_for_all(join: Join) -> None:
    one, other = join(), join()
    one.add("bridges", ["Bridges need paint.", "Trains run late."])
    one.add("ships", ["Ships need tar."])
    one.sync()
    other.sync()
    other.library.remove_import("bridges")
    other.sync()
    one.sync()
    assert one.ids == ["shipped", "ships"]
    assert "“Report bridges” was removed by another of the team." in one.told.notices
    one.add("ships", ["Ships need sails.", "Harbours need cranes."])
    one.sync()
    other.sync()
    assert other.best("Ships need sails.") == "Ships need sails."
    assert [passage.text for passage in other.library.store.passages_of("ships")][1] == "Harbours need cranes."
    one.add("bridges", ["Bridges need paint."])
    one.sync()
    other.sync()
    assert other.ids == one.ids == ["bridges", "shipped", "ships"]


@pytest.mark.slow
def test_two_sources_of_one_name_are_both_kept(join: Join) -> None:
    one, other = join(), join()
    one.add("report", ["Bridges need paint."])
    one.sync()
    other.add("report", ["Ships need tar."])
    other.sync()
    one.sync()
    assert len(one.ids) == len(other.ids) == 3
    for member in (one, other):
        assert member.best("bridges paint") == "Bridges need paint."
        assert member.best("ships tar") == "Ships need tar."
    assert any("another source called “report”" in told for told in other.told.notices)


@pytest.mark.slow
def test_several_add_and_ask_at_once(join: Join) -> None:
    members = [join() for _ in range(4)]
    members[0].add("first", ["Bridges need paint."])
    for member in members:
        member.sync()
    ended = threading.Event()
    wrong: list[str] = []

    def ask() -> None:
        while not ended.is_set():
            wrong.extend(found for found in [members[3].best("paint bridges")] if found != "Bridges need paint.")

    def add(which: int) -> None:
        for number in range(4):
            topic = f"topic{which}x{number}"
            members[which].add(topic, [f"Word{which}x{number} {topic} stands here.", f"And {topic} again."])
            members[which].sync()

    with ThreadPoolExecutor(5) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        adding = [pool.submit(add, which) for which in range(3)]
        for future in adding:
            future.result()
        ended.set()
        for future in asking:
            future.result()
    assert wrong == []
    for member in members:
        member.sync()
        assert len(member.ids) == 2 + 3 * 4
        assert member.library.store.count_unindexed() == 0
        assert member.best("word2x3 topic2x3") == "Word2x3 topic2x3 stands here."


class Killing(HashEmbedder):
    """Ends the server while it embeds, once; what starts it again is up to `then`."""

    def __init__(self, chroma: RunningChroma, then: Callable[[], None]) -> None:
        super().__init__()
        self._chroma = chroma
        self._then = then
        self._embedded = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._embedded += len(texts)
        if self._embedded > 100:
            self._embedded = -1_000_000
            self._chroma.kill()
            self._then()
        return super().embed(texts)


@pytest.mark.slow
def test_a_server_that_is_killed_and_comes_back_in_the_middle_of_an_import_loses_nothing(
    chroma: RunningChroma, join: Join
) -> None:
    back = threading.Timer(1.0, chroma.start)
    one = join(embedder=lambda: Killing(chroma, back.start))
    one.add("long", [f"Sentence{number} about bridge{number}." for number in range(150)])
    one.sync()
    back.join()
    other = join()
    other.sync()
    assert other.library.store.size(source_id="long")[0] == 150
    assert other.best("sentence141 bridge141") == "Sentence141 about bridge141."
    assert one.told.notices == []


@pytest.mark.slow
def test_a_sync_waits_for_a_server_that_is_being_started(chroma: RunningChroma, join: Join) -> None:
    one = join()
    chroma.kill()
    back = threading.Timer(0.5, chroma.start)
    back.start()
    one.sync()
    back.join()
    assert one.told.notices == [f"The Chroma server at {chroma.url} cannot be reached; trying again."]
    assert one.library.store.count_unindexed() == 0


@pytest.mark.slow
def test_a_server_that_stays_away_is_one_sentence_and_the_next_sync_goes_on(
    chroma: RunningChroma, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_PAUSES", (0.01,))
    one = join(embedder=lambda: Killing(chroma, lambda: None))
    one.add("long", [f"Sentence{number} about bridge{number}." for number in range(150)])
    with pytest.raises(SharedIndexError, match="cannot be reached"):
        one.sync()
    assert 0 < one.library.store.count_unindexed() < 151
    assert one.ids == ["long", "shipped"]
    chroma.start()
    other = join()
    other.sync()
    assert other.ids == ["shipped"]  # nobody sees half of it
    one.sync()
    other.sync()
    assert other.best("sentence149 bridge149") == "Sentence149 about bridge149."


@pytest.mark.slow
def test_what_a_server_has_lost_it_gets_again(chroma: RunningChroma, join: Join, tmp_path: Path) -> None:
    one = join()
    one.add("bridges", ["Bridges need paint.", "Trains run late."])
    one.sync()
    one.library.close()
    other_server = ChromaServer(chroma.url, database=chroma.new_database())
    anew = Member(one.library.home, other_server)  # as good as a server that lost everything
    with closing(anew.library):
        anew.sync()
        assert anew.best("bridges paint") == "Bridges need paint."
    with closing(connect(other_server, HashEmbedder.fingerprint).index) as index:
        index.delete(["bridges/section/main/1"])
    again = Member(one.library.home, other_server)
    with closing(again.library):
        again.sync()
        assert any("lacks something" in told for told in again.told.notices)
        embedder = again.library.embedder
        assert isinstance(embedder, HashEmbedder)
        assert "Bridges need paint." in embedder.embedded
        assert "Trains run late." not in embedder.embedded  # which the server still has
        connection = connect(other_server, HashEmbedder.fingerprint)
        with closing(connection.index):
            connection.sources.delete(ids=["bridges"])
        again.sync()
        other = Member(tmp_path / "other", other_server)
        with closing(other.library):
            other.sync()
            assert other.ids == ["bridges", "shipped"]
        assert again.best("bridges paint") == "Bridges need paint."
        assert again.ids == ["bridges", "shipped"]


@pytest.mark.slow
def test_a_server_that_is_emptied_while_a_member_is_connected_gets_all_again(
    chroma: RunningChroma, tmp_path: Path
) -> None:
    database = chroma.new_database()
    one = Member(tmp_path / "one", ChromaServer(chroma.url, database=database))
    with closing(one.library):
        one.add("bridges", ["Bridges need paint."])
        one.sync()
        for name in ("aidx-passages", "aidx-sentences", "aidx-sources"):
            chroma.delete_collection(database, name)
        with pytest.raises(SharedIndexError, match="has another index now"):
            one.best("bridges paint")
        assert one.library.may_lack_news
        one.sync()
        assert one.best("bridges paint") == "Bridges need paint."


@pytest.mark.slow
def test_who_comes_back_from_an_index_on_the_machine_makes_no_vectors_again_and_leaves_none_behind(
    chroma: RunningChroma, join: Join, tmp_path: Path
) -> None:
    database, home = chroma.new_database(), tmp_path / "mine"
    server = ChromaServer(chroma.url, database=database)
    first = Member(home, server)
    with closing(first.library):
        first.add("bridges", ["Bridges need paint."])
        first.add("ships", ["Ships need tar."])
        first.sync()
    alone = Member(home, None)
    with closing(alone.library):
        alone.library.remove_import("ships")
        alone.sync()
    back = Member(home, server)
    with closing(back.library):
        back.sync()
        embedder = back.library.embedder
        assert isinstance(embedder, HashEmbedder)
        assert "Bridges need paint." not in embedder.embedded
        assert back.best("bridges paint") == "Bridges need paint."
    with closing(connect(server, HashEmbedder.fingerprint).index) as index:
        assert index.sizes[0] == 2  # what ships, and the bridges


@pytest.mark.slow
def test_an_index_made_with_another_model_is_refused(join: Join) -> None:
    one, other = join(), join(embedder=OtherEmbedder)
    one.sync()
    with pytest.raises(SettingsError, match=r"another embedding model \(hash/1\); this aidx has hash/2") as refusal:
        other.sync()
    assert refusal.value.exit_code == EXIT_USAGE


@pytest.mark.slow
def test_a_token_is_asked_for_and_never_told(chroma: RunningChroma, join: Join) -> None:
    with NetworkBefore(chroma.port, token="right") as network:
        join(network.url, token="right").sync()
        for token, told in (("wrong-token", "does not take the token"), ("", "wants a token")):
            with pytest.raises(SharedIndexError, match=told) as refusal:
                join(network.url, token=token).sync()
            assert refusal.value.exit_code == EXIT_API
            assert "wrong-token" not in f"{refusal.value.title} {refusal.value.hint} {refusal.value.__cause__!r}"


@pytest.mark.slow
def test_a_slow_network_is_waited_for_but_not_for_ever(
    chroma: RunningChroma, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    with NetworkBefore(chroma.port, delay=0.15) as network:
        one = join(network.url)
        one.add("bridges", ["Bridges need paint."])
        one.sync()
        assert one.best("bridges paint") == "Bridges need paint."
        monkeypatch.setattr(server_module, "_ANSWER_SECONDS", 0.3)
        monkeypatch.setattr(server_module, "_PAUSES", ())
        other = join(network.url)
        other.sync()
        network.delay = 5.0
        begun = time.monotonic()
        with pytest.raises(SharedIndexError, match="does not answer in time"):
            other.best("bridges paint")
        assert time.monotonic() - begun < network.delay


@pytest.mark.slow
def test_the_command_shares_tells_where_and_says_in_one_sentence_what_fails(
    chroma: RunningChroma, tmp_path: Path
) -> None:
    shared = {"AIDX_CHROMA_URL": chroma.url, "AIDX_CHROMA_DATABASE": chroma.new_database()}
    clip = tmp_path / "clip.md"
    clip.write_text("---\ntitle: Bridges\n---\n\nIn 2026 some 37% of the bridges in Ruritania need repair.\n")
    added = aidx("sources", "add", str(clip), home=tmp_path / "one", **shared)
    assert (added.code, "added: “Bridges” (bridges-" in added.out) == (0, True)
    asked = aidx("ask", "How many bridges in Ruritania need repair?", home=tmp_path / "two", **shared)
    assert (asked.code, "37%" in asked.out) == (0, True)
    told = aidx("doctor", "--json", home=tmp_path / "two", **shared)
    assert f"shared, on the Chroma server at {chroma.url}" in told.out
    gone = {**shared, "AIDX_CHROMA_URL": f"http://127.0.0.1:{free_port()}"}
    failed = aidx("ask", "How many bridges?", "--json", home=tmp_path / "two", **gone)
    assert (failed.code, failed.json["error"]["exit_code"]) == (EXIT_API, EXIT_API)
    assert "cannot be reached" in failed.json["error"]["title"]
    listed = aidx("sources", "list", home=tmp_path / "two", **gone)
    assert (listed.code, "from another of the team" in listed.out) == (0, True)  # words need no server
    [source_id] = [line for line in listed.out.splitlines() if line.startswith("bridges-")]
    assert aidx("sources", "remove", source_id, home=tmp_path / "two", **shared).code == 0
    asked = aidx("ask", "How many bridges in Ruritania need repair?", home=tmp_path / "one", **shared)
    assert (asked.code, "“Bridges” was removed by another of the team" in asked.err) == (4, True)


def _refusal(url: str, tmp_path: Path) -> AidxError:
    member = Member(tmp_path, ChromaServer(url))
    with closing(member.library), pytest.raises(AidxError) as refusal:
        member.sync()
    return refusal.value


def test_nobody_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_PAUSES", (0.01,))
    refusal = _refusal(f"http://127.0.0.1:{free_port()}", tmp_path)
    assert isinstance(refusal, SharedIndexError)
    assert "cannot be reached" in refusal.title


@pytest.mark.parametrize(
    ("status", "told", "requests"), [(401, "wants a token", 1), (404, "no Chroma server", 1), (503, "is busy", 3)]
)
def test_somebody_else_there(
    status: int, told: str, requests: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_PAUSES", (0.01, 0.01))
    with NetworkBefore(None, status=status) as network:
        assert told in _refusal(network.url, tmp_path).title
        assert network.served == requests


def test_nothing_is_tried_again_for_longer_than_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_PATIENCE", 0.0)
    attempts: list[int] = []

    def attempt() -> None:
        attempts.append(1)
        raise ServerAwayError("The server cannot be reached.")

    with pytest.raises(ServerAwayError):
        ChromaServer("http://127.0.0.1:1").patiently(attempt, (ServerAwayError,))
    assert len(attempts) == 1


def test_what_is_known_of_a_source_is_kept_for_each_set_of_collections(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "library.sqlite")) as store:
        known = KnownSources(store, "one")
        known.remember("a%b", "there", "here")
        known.remember("gone", "removed there", "")
        again = KnownSources(store, "one")
        assert (again.there("a%b"), again.here("a%b"), "gone" in again) == ("there", "here", True)
        assert list(again.held()) == ["a%b"]
        other = KnownSources(store, "on")
        assert ("a%b" in other, other.there("a%b"), list(other.held())) == (False, "", [])


@pytest.mark.parametrize(
    ("url", "token", "told"),
    [
        ("chroma:8000", "", "no address"),
        ("http://", "", "no address"),
        ("http://host:99999", "", "no address"),
        ("https://me:secret@host", "", "holds a name or a password"),
        ("http://10.0.0.1:8000", "secret", "for all to read"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, token: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as refusal:
        ChromaServer(url, token=token)
    assert "secret" not in f"{refusal.value.title} {refusal.value.hint}"
