"""Countries and parts of the world by which reports tell their figures apart, with the words for who is of them."""

from __future__ import annotations

PLACES: tuple[tuple[str, str], ...] = (
    ("Australia", r"Australia(?:ns?)?"),
    ("Austria", r"Austria(?:ns?)?"),
    ("Belgium", r"Belgium|Belgians?"),
    ("Brazil", r"Brazil(?:ians?)?"),
    ("Canada", r"Canad(?:a|ians?)"),
    ("China", r"China|Chinese"),
    ("Denmark", r"Denmark|Danish|Danes"),
    ("Finland", r"Finland|Finnish|Finns"),
    ("France", r"France|French"),
    ("Germany", r"German(?:y|s)?"),
    ("India", r"India(?!na)(?:ns?)?"),
    ("Ireland", r"Ireland|Irish"),
    ("Israel", r"Israel(?:is?)?"),
    ("Italy", r"Ital(?:y|ians?)"),
    ("Japan", r"Japan(?:ese)?"),
    ("the Netherlands", r"Netherlands|Dutch"),
    ("New Zealand", r"New\s+Zealand(?:ers?)?"),
    ("Norway", r"Norway|Norwegians?"),
    ("Poland", r"Poland|Polish|Poles"),
    ("Portugal", r"Portugal|Portuguese"),
    ("Singapore", r"Singapore(?:ans?)?"),
    ("South Korea", r"(?:South\s+)?Korea(?:ns?)?"),
    ("Spain", r"Spain|Spanish|Spaniards"),
    ("Sweden", r"Sweden|Swedish|Swedes"),
    ("Switzerland", r"Switzerland|Swiss"),
    ("the United Kingdom", r"United\s+Kingdom|U\.?K\.?|Britain|British|Britons|England"),
    ("the United States", r"United\s+States|U\.S\.(?:A\.)?|USA?|(?<!North )(?<!Latin )(?<!South )America(?:ns?)?"),
    ("Europe", r"Europe(?:ans?)?"),
    ("Asia", r"Asia(?:ns?)?(?:-Pacific)?|APAC"),
    ("Africa", r"Africa(?:ns?)?"),
    ("Latin America", r"Latin\s+America(?:ns?)?"),
)  # fmt: skip
"""The name of each, and what stands for it, capitalised as it is written."""
