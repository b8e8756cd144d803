"""This area's lines in the menu."""

from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "ファイル簿の公表", "editions:list", order=40))
