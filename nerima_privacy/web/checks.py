"""What the settings must hold before the site may serve; each fault has a name, nerima_privacy.E001 and on."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

MODES = ("development", "demo", "test", "production")


def _fault(number: int, what: str, hint: str) -> Error:
    return Error(what, hint=hint, id=f"nerima_privacy.E{number:03}")


def _has_secret() -> bool:
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False


@register(Tags.security)
def settings_of_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001 SECRET_KEY, E002 ALLOWED_HOSTS, E003 PUBLIC_URL, E004 DATABASE_URL, E005 MODE."""
    if settings.MODE not in MODES:
        return [_fault(5, f"MODE「{settings.MODE}」は知られていません。", f"{'、'.join(MODES)} のどれかにします。")]
    if not settings.PRODUCTION:
        return []
    faults: list[CheckMessage] = []
    if not _has_secret():
        faults.append(
            _fault(1, "SECRET_KEY がありません。", "SECRET_KEY か SECRET_KEY_FILE で、50文字以上の乱数を渡します。")
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        faults.append(_fault(2, "ALLOWED_HOSTS がありません。", "サイトのホスト名を渡します。「*」は使えません。"))
    if not settings.PUBLIC_URL.startswith("https://"):
        faults.append(
            _fault(3, "PUBLIC_URL が https で始まりません。", "https:// から始まるサイトのアドレスを渡します。")
        )
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        faults.append(_fault(4, "DATABASE_URL が PostgreSQL ではありません。", "postgres://… の形で渡します。"))
    return faults


@register(Tags.files)
def anchor_is_writable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E006: the anchor of the activity record must have a place outside the database."""
    folder = Path(settings.ACTIVITY_ANCHOR).parent
    while not folder.exists():
        folder = folder.parent
    if folder.is_dir() and os.access(folder, os.W_OK):
        return []
    return [
        _fault(6, f"ACTIVITY_ANCHOR の置き場所 {folder} に書けません。", "書けるフォルダーの中のファイルを指します。")
    ]


@register(Tags.database)
def japanese_has_trigrams(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E007: with lc_ctype C, pg_trgm sees no Japanese, and every search reads whole tables."""
    if "default" not in (databases or []) or connections["default"].vendor != "postgresql":
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone() is None:
            return []  # before the first migrate, which creates it
        cursor.execute("SELECT cardinality(show_trgm('個人情報'))")
        if cursor.fetchone()[0]:
            return []
    hint = "lc_ctype が C 以外（例　C.UTF-8、ja_JP.UTF-8）のデータベースを作り直します。"
    return [_fault(7, "データベースの lc_ctype では、日本語の検索に索引が働きません。", hint)]
