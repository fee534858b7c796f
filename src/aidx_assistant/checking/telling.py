"""The telling words of a text: those that say what is measured, not of whom, how much, or where it is said."""

from __future__ import annotations

from functools import lru_cache

from aidx_assistant.checking.words import concepts
from aidx_assistant.segments import mentions

_CONNECTIVES = """
account accounts added adding additional adds agree agrees alike alt altogether among answer answers apart applicable
applies apply aren't article aside attribute attributed attributes away background bar based basis bear beat beats
became become becomes behind belong belongs better big bigger bit both bottom bracket break breakdown breaks bring
brings broad business call called calling can't careful carries carry case cases caution caveat cheer cite cited cites
citing clear clearly close closer coin combined coming common comparable compare comparison conclude conclusion
consider context contrast convinced correct correspond corresponding count counted counting counts cover covers date
describe described describes detail devote devoted didn't differ difference different differently directly distinct
divide doesn't don't doubt draw drawn eight eleven end ends enough entire equal even exact exactly exception exclude
excludes excluding extra fair far fall falls fare fifteen final five follow followed following former four fraction gap
gauge general give group groups half happen happens hasn't haven't head heading headline high higher highest hold
holds how i'd important include included includes including instead interpretation introduction isn't issue it's item
judge judging key know known lag laggard latter lead leader leading leads least level lie lies limit limited line list
listed literally little loose loosely low lower lowest lump made main majority manage managed manages market matter
matters mean meaning means measure measured mention mentioned merge middle mind minority mix modest modestly move
moved name named names narrow narrower nine nobody note number numbers often one order outcome outnumber overall pair
paragraph part parts passage people percentage period phrase phrased phrasing picture plain plainly popular population
position present put puts quantifies quantify question quote quoted quotes range rate rates read reading readings real
reality refer reference refers regard regards relate relative remain remainder remaining remember respondents rest
result results right role roughly rounded rounds row safe say scope sentence separate seven share shares short show
shown side sides similar single six size slight slightly small smaller smallest something somewhat sort sound speak
speaks specific split stage stages stand stands state statement stop stress study sum summary support surprising
survey surveyed surveys system systems takeaway takeaways talk tell tells ten term terms text that's there's they're
thing three time times today top toss total treat true turn turns twelve twenty twice two type typical underline
version wait want wasn't way weigh whole widespread won't word worded wording words world worth yardstick yes you're
actually already below considerably dramatic dramatically elsewhere hardly marked markedly notable notably others
responsible sharp sharply steep steeply substantial substantially tenth themselves typically
"""
"""Words that join a figure to what is said of it: "at 46%, higher than the rate for …, a figure attributed to …"."""
_GENERAL = "AI person organisation technology healthcare solution company implementation use adopt adoption industry"


@lru_cache(maxsize=1)
def _without_telling() -> frozenset[str]:
    return concepts(_CONNECTIVES) | concepts(_GENERAL) | frozenset({"ai"})


@lru_cache(maxsize=4096)
def telling_words(text: str) -> frozenset[str]:
    """The content words of a text without segments, connecting words and those common to the whole field."""
    for mention in reversed(mentions(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return concepts(text) - _without_telling()
