import hashlib
import re

import pytest

from nerima_privacy.documents.glyphs import FONTS, GETA, covered, printable

LISTED = dict(
    (name, digest)
    for digest, name in re.findall(r"\| `([0-9a-f]{64})` \| (\S+) \|", (FONTS / "VENDORED.md").read_text())
)


def test_every_vendored_file_is_listed_with_its_sum():
    there = {path.name for path in FONTS.iterdir() if path.suffix in {".ttf", ".txt"}}
    assert there == set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_a_vendored_file_is_what_the_list_says(name):
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == LISTED[name]


@pytest.mark.parametrize("text", ["練馬区", "𠮷田", "髙﨑", "ﾊﾝｶｸ", "①㈱㍻", "□✓●―～", "令和８年", "纊鍈彅"])
def test_what_names_are_written_with_can_be_drawn(text):
    assert {ord(character) for character in text} <= covered()
    assert printable(text) == text


def test_what_no_font_has_becomes_a_geta_mark_and_selectors_vanish():
    assert printable("届出😀済") == f"届出{GETA}済"
    assert printable({"a": ["葛\U000e0100城", "x\u200by", "1\r\n2"], "n": 3}) == {"a": ["葛城", "xy", "1\n2"], "n": 3}
    assert printable("a\x00b") == f"a{GETA}b"
