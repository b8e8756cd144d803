"""What text may be stored: as typed, but without what no eye can see."""

import re
import unicodedata

from django.core.exceptions import ValidationError

# Everything in the control category but tab and line feed, marks that turn the direction of text, and code points
# that are no characters. Joiners and variation selectors stay: emoji and 異体字 need them.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# NFC would replace these by other characters (神 U+FA19 by 神 U+795E): names of people and places keep them.
_COMPATIBILITY_IDEOGRAPHS = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
# Old forms of characters and those in use now: stored as written, found by either.
OLD_FORMS = str.maketrans("髙﨑𠮷濵濱邊邉齋齊廣澤國學櫻龍彌圓實", "高崎吉浜浜辺辺斎斉広沢国学桜竜弥円実")
CONTROL_MESSAGE = "目に見えない制御文字が{place}入っています。その部分を消して、手で打ち直してください。"


def composed(text: str) -> str:
    """The text in NFC, so that が typed as か and ゛ is found as が; 旧字 and half-width kana stay as typed."""
    return _COMPATIBILITY_IDEOGRAPHS.sub(lambda part: unicodedata.normalize("NFC", part[0]), text)


def clean_text(value: str) -> str:
    """Trimmed, composed, with plain line ends; ValidationError where a control character stands."""
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    found = FORBIDDEN.search(text)
    if found:
        before = text[: found.start()].rsplit("\n", 1)[-1][-10:]
        place = f"「{before}」の後ろに" if before else "初めに"
        raise ValidationError(CONTROL_MESSAGE.format(place=place), code="control_characters")
    return composed(text)
