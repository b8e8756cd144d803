"""The menu line of this area."""

from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "個人情報ファイル", "files:list", 10))
