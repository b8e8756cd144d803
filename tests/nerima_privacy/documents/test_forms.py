from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from pypdf import PdfReader

from nerima_privacy.documents.typst_pdf import render
from tests.nerima_privacy.documents import samples

FORMS = {
    "register_entry": samples.register_entry,
    "filing": samples.filing,
    "result": samples.result,
    "cease": samples.cease,
    "handling": samples.handling,
    "check": samples.check,
    "disposal": samples.disposal,
    "disposals": samples.disposals,
}


def said(pdf):
    """The text of a PDF without its spaces and line breaks."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def fonts_of(pdf):
    """Names of the fonts on each page."""
    pages = PdfReader(BytesIO(pdf)).pages
    return {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_an_accessible_archivable_a4_document(name):
    pdf = render(name, FORMS[name]())
    reader = PdfReader(BytesIO(pdf))
    xmp = reader.root_object["/Metadata"].get_data().decode()
    assert "pdfuaid" in xmp
    assert "pdfaid" in xmp
    assert reader.root_object["/Lang"].startswith("ja")
    assert reader.metadata.title
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert all("BIZUD" in font or "NotoSansJP" in font for font in fonts_of(pdf))


@pytest.mark.parametrize("name", FORMS)
def test_the_same_data_give_the_same_bytes(name):
    assert render(name, FORMS[name]()) == render(f"{name}.typ", FORMS[name]())


def test_the_register_form_fits_one_page_and_says_every_cell():
    pdf = render("register_entry", samples.register_entry())
    text = said(pdf)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    for cell in samples.CELLS:
        assert cell["label"].replace(" ", "") in text
    assert "総務部情報公開課" in text
    assert "東京都練馬区豊玉北6丁目12番1号" in text
    assert "第3版令和8年11月23日公表" in text


@pytest.mark.parametrize(
    "kind", ["法第60条第2項第1号（電算処理ファイル）", "法第60条第2項第2号（マニュアル処理ファイル）"]
)
def test_the_kind_of_processing_is_ticked(kind):
    values = samples.cells(c13=kind, c14="―", c15="―")
    text = said(render("register_entry", samples.register_entry(cells=values)))
    assert text.count("✓") == 1
    assert text[text.index("✓") :].startswith(f"✓□{kind[:11]}")


def test_characters_of_names_are_drawn_and_others_become_a_geta_mark():
    name = "𠮷田・髙﨑ﾊﾝｶｸ①㈱😀"
    pdf = render("register_entry", samples.register_entry(cells=samples.cells(c1=name)))
    assert "𠮷田・髙﨑ﾊﾝｶｸ①㈱〓" in said(pdf)
    assert "DejaVu" not in str(fonts_of(pdf))


def test_markup_in_data_is_only_text():
    typed = '#read("/etc/passwd") *太字* $x^2$ = 見出し <a> `c` \\ @b // c'
    text = said(render("result", samples.result(reason=typed, conditions=typed)))
    assert text.count("".join(typed.split())) == 2


def test_ten_thousand_characters_run_over_pages_and_none_is_lost():
    long = "個人情報の項目を長く書いた欄。" * 670
    pdf = render("register_entry", samples.register_entry(cells=samples.cells(c5=long)))
    assert len(PdfReader(BytesIO(pdf)).pages) > 3
    assert said(pdf).count("個人情報の項目を長く書いた欄。") >= 660  # page feet cut into a few


@pytest.mark.parametrize("word", ["x" * 5000, "https://example.lg.jp/" + "a/b?c=d&" * 300])
def test_a_word_without_a_place_to_break_stays_on_the_page(word):
    reader = PdfReader(BytesIO(render("register_entry", samples.register_entry(cells=samples.cells(c5=word)))))
    reach = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, _cm, at, _font, size: reach.append(at[4] + len(text) * size * 0.4))
    assert max(reach) < 595


def test_a_form_not_yet_filed_says_it_is_a_draft():
    assert "下書き（届出前）" in said(render("filing", samples.filing(number="")))
    assert "下書き" not in said(render("filing", samples.filing()))
    assert "下書き（届出前）" in said(render("cease", samples.cease(number="")))


def test_a_sender_without_a_unit_leaves_the_line_out():
    sender = samples.DISCLOSURE | {"unit": ""}
    assert "所属" not in said(render("result", samples.result(sender=sender)))


def test_a_late_filing_prints_its_reason_and_a_timely_one_has_none():
    late = said(render("filing", samples.filing(late=True, late_reason="確認に日数を要したため。")))
    assert "おくれた理由確認に日数を要したため。" in late
    assert "おくれた理由" not in said(render("filing", samples.filing()))


def test_a_change_shows_before_and_after_with_its_mark():
    text = said(render("filing", samples.change()))
    assert "個人情報ファイル変更届出書" in text
    assert "6電子メールアドレス" in text
    assert text.count("●") == 2  # the legend and the one changed cell


def test_a_result_without_a_proposal_names_no_meeting():
    text = said(render("result", samples.result(proposed=False, council=None)))
    assert "□発議した✓□発議しない" in text
    assert "運営委員会の開催日" not in text


def test_forms_are_drawn_side_by_side():
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda n: render("cease", samples.cease(number=f"R8-{n % 2}")), range(12)))
    assert set(drawn[::2]) == {drawn[0]}
    assert set(drawn[1::2]) == {drawn[1]}
