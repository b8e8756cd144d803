"""The menu line of this area."""

from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "取扱台帳", "ledgers:list", 30))
