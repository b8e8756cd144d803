"""Choices that are data: classes of confidentiality and of retention, grounds for not listing."""

from datetime import date

from nerima_privacy.law.parameters import parameter

Choices = list[tuple[str, str]]


def _pairs(key: str, on: date | None) -> Choices:
    return [(row["code"], row["label"]) for row in parameter(key, on)]


def confidentiality(on: date | None = None) -> Choices:
    """秘匿性の区分, highest first."""
    return _pairs("confidentiality.classes", on)


def retention(on: date | None = None) -> Choices:
    """保存年限の区分, longest first."""
    return _pairs("retention.classes", on)


def exemptions(on: date | None = None) -> Choices:
    """個人情報ファイル簿に載せない根拠."""
    return _pairs("register.exemptions", on)


def label(key: str, code: str, on: date | None = None) -> str:
    """The label of `code`, or the code itself when the class is no longer in force on that day."""
    return dict(_pairs(key, on)).get(code, code)
