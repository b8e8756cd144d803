import pytest

from nerima_privacy.documents.responses import disposition, pdf_response


@pytest.mark.parametrize(
    ("name", "header"),
    [
        (
            "届出書_R8-1.pdf",
            "attachment; filename=\"R8-1.pdf\"; filename*=UTF-8''%E5%B1%8A%E5%87%BA%E6%9B%B8_R8-1.pdf",
        ),
        ("register.csv", "attachment; filename=\"register.csv\"; filename*=UTF-8''register.csv"),
        ("届出.xlsx", "attachment; filename=\"download.xlsx\"; filename*=UTF-8''%E5%B1%8A%E5%87%BA.xlsx"),
        ("", "attachment; filename=\"download\"; filename*=UTF-8''download"),
    ],
)
def test_a_japanese_name_has_a_plain_twin(name, header):
    assert disposition(name) == header


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", 'a"; filename="b.exe', "a\r\nSet-Cookie: x", "あ" * 5000 + ".pdf"]
)
def test_a_name_somebody_typed_cannot_leave_its_place(name):
    header = disposition(name)
    assert not set(header) & set("\r\n/\\")
    assert header.count('"') == 2
    assert len(header) < 1300


def test_a_pdf_is_downloaded_or_read_in_place():
    assert pdf_response(b"%PDF", "届出書.pdf")["Content-Type"] == "application/pdf"
    assert pdf_response(b"%PDF", "届出書.pdf", inline=True)["Content-Disposition"].startswith("inline")
