"""What the public search takes as the same."""

import pytest

from files_registry.register.folding import fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾎｲｸ", "ほいく"),
        ("ホイク", "ほいく"),
        ("ｶﾞｸﾄﾞｳ", "ガクドウ"),
        ("ＤＶ　相談", "dv 相談"),
        ("髙橋", "高橋"),
        ("𠮷田", "吉田"),
        ("①", "1"),
    ],
)
def test_width_case_kana_and_old_forms_do_not_matter(one, other):
    assert fold(one) == fold(other)


def test_words_are_split_at_every_kind_of_space_and_capped():
    assert words("保育　料\t保育") == ["保育", "料"]
    assert words("　 ") == []
    assert len(words(" ".join(str(n) for n in range(50)))) == 8
