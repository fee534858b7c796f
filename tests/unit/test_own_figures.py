"""Which figures of a document are the writer's own, and no claim about the sources."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.linting.own_figures import is_of_the_writer


def own(sentence: str) -> list[str]:
    """The figures, each written in angle brackets in `sentence`, that are the writer's own."""
    plain = sentence.replace("<", "").replace(">", "")
    found = []
    for number, part in enumerate(sentence.split("<")[1:]):
        start = sentence.index(f"<{part}") - 2 * number
        found += [part.split(">")[0]] if is_of_the_writer(plain, start) else []
    return found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("We spent <3.1 million dollars>; <46%> of large providers’ proofs of concept go on.", ["3.1 million dollars"]),
        ("Our <12> hospitals spent <$3,100,000> last year, while <46%> of others …", ["12", "$3,100,000"]),
        ("<46%> of large providers’ POCs go on, but only <2> of our <9> did.", ["2", "9"]),
        ("We spent <$3 million>, or <4%> of the budget; <60%> of executives do.", ["$3 million", "4%"]),
        ("At our hospital <20%> of pilots go on, against <30%> in the index.", ["20%"]),
        ("At <20%>, our share is below the <46%> of large providers.", []),
        ("We see that <46%> of large providers’ POCs go on.", []),
        ("We know of <46%> that go on.", []),
        ("In our market <46%> go on.", []),
        ("Our <64%> of executives are open.", []),
        ("<64%> of executives work with us.", []),
        ("For us it matters that <64%> of executives are open.", []),
        ("<30%> have deployed scribes.", []),
    ],
)
def test_only_what_is_plainly_said_of_the_writer_is_theirs(sentence: str, found: list[str]) -> None:
    assert own(sentence) == found
