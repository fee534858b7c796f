"""Which models there are, what they take, and when they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from anthropic.types import OutputConfigParam
from typing_extensions import get_type_hints

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.doctor import examine
from aidx_assistant.assistant.models import models_offered
from aidx_assistant.claude.models import end_of_life, model_told
from aidx_assistant.cli.app import run
from aidx_assistant.errors import SettingsError
from aidx_assistant.setting_values import EFFORTS
from aidx_assistant.settings import load_settings
from tests.fakes.messages_client import KEY, a_request, ask
from tests.fakes.messages_requests import known_models
from tests.fakes.messages_script import Reply, Text
from tests.fakes.messages_server import MessagesServer, closed_port

SAYS_YES = Reply((Text("Yes."),))


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)


@pytest.mark.usefixtures("key")
def test_the_api_lists_them_where_it_is_reached() -> None:
    with MessagesServer() as server:
        offered = models_offered(load_settings({"base_url": server.url}))
    assert offered.origin == "api"
    by_id = {model.id: model for model in offered.models}
    assert tuple(by_id) == known_models()
    sonnet, old = by_id["claude-sonnet-5-5"], by_id["claude-sonnet-4-5"]
    assert sonnet.told is not None and sonnet.told.efforts == ("low", "medium", "high")
    assert sonnet.price is not None and sonnet.ends is None
    assert old.price is None and old.ends == "claude-sonnet-4-5 is deprecated and retires on 2026-11-30."


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("settings", "why"), [({"offline": True}, "offline"), ({"base_url": "…"}, "refused the connection")]
)
def test_else_the_price_table_does_and_says_so(settings: dict[str, Any], why: str) -> None:
    if "base_url" in settings:
        settings = {"base_url": closed_port()}
    given = load_settings({**settings, "model": "claude-opus-4-8"})
    offered = models_offered(given)
    assert offered.origin == "prices" and why in (offered.why or "")
    assert [model.id for model in offered.models] == ["claude-opus-4-8", *given.prices]


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models"]) == 0
    assert "* claude-opus-5-5" in (out := capsys.readouterr().out)
    assert "There is no API key" in out and "price table" in out
    assert run(["models", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["origin"], told["models"][0]["id"]) == (1, "prices", "claude-opus-5-5")


def test_what_is_set_is_sent_where_the_model_takes_it() -> None:
    request = a_request(effort="high", thinking="adaptive")
    with MessagesServer(SAYS_YES) as server:
        assert ask(server.url, request).text == "Yes."
        [body] = server.bodies
    assert (body["output_config"], body["thinking"]) == ({"effort": "high"}, {"type": "adaptive"})


def test_what_is_not_set_is_not_sent() -> None:
    with MessagesServer(SAYS_YES) as server:
        ask(server.url)
        [body] = server.bodies
    assert not body.keys() & {"output_config", "thinking"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"model": "claude-sonnet-5-5", "effort": "max"}, "does not take effort “max”; it takes low, medium, high."),
        ({"model": "claude-haiku-5-5", "effort": "low"}, "does not take effort “low”; it takes none."),
        ({"model": "claude-opus-5-5", "thinking": "disabled"}, "does not take thinking “disabled”; it takes adaptive."),
    ],
)
def test_what_the_model_does_not_take_is_told_before_anything_is_sent(given: dict[str, str], told: str) -> None:
    with MessagesServer(SAYS_YES) as server:
        with pytest.raises(SettingsError) as raised:
            ask(server.url, a_request(**given))
        assert not server.requests
    assert told in raised.value.title


def test_the_settings_reach_the_request(home: Path, key: None) -> None:
    with (
        MessagesServer() as server,
        Assistant(
            load_settings({"base_url": server.url, "effort": "low", "thinking": "adaptive"}), home=home
        ) as service,
    ):
        service.ask("Why do so few pilots reach production?")
        body = server.bodies[0]
    assert (body["output_config"]["effort"], body["thinking"]["type"]) == ("low", "adaptive")


def test_the_levels_are_those_of_the_installed_sdk() -> None:
    levels = get_args(get_args(get_type_hints(OutputConfigParam)["effort"])[0])
    assert set(EFFORTS) == set(levels)
    for key in ("effort", "thinking"):
        with pytest.raises(SettingsError, match="empty or one of"):
            load_settings({key: "much"})


def test_a_model_that_ends_is_told_with_its_date() -> None:
    ended, lasting = end_of_life("claude-3-opus-20240229"), end_of_life("claude-opus-5-5")
    assert ended is not None and ended.has_come
    assert ended.told == "claude-3-opus-20240229 was to be retired on 2026-01-05: choose another model."
    assert lasting is None


def test_every_date_of_the_sdk_can_be_read() -> None:
    from anthropic.resources.messages.messages import DEPRECATED_MODELS

    ends = [end_of_life(model) for model in DEPRECATED_MODELS]
    assert ends and all(end is not None and end.on is not None for end in ends)


@pytest.mark.parametrize("key", ["", KEY])
def test_doctor_tells_of_a_model_that_has_ended(home: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_HOME", str(home))
    monkeypatch.setenv("AIDX_MODEL", "claude-3-opus-20240229")
    monkeypatch.setenv("ANTHROPIC_API_KEY", key)
    [look] = [look for look in examine() if look.name == "model"]
    assert "2026-01-05" in look.detail
    assert look.ok == (not key)


def test_an_endpoint_may_tell_nothing_of_a_model() -> None:
    class Bare:
        id = "some-model"

    told = model_told(Bare())
    assert (told.efforts, told.thinking, told.lifecycle, told.retires) == (None, None, None, None)
