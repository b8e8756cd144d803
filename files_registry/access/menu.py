"""The menu line of this area, with the number that waits for the reader."""

from files_registry.access.turn_queries import turns
from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "アクセス権", "access:list", 30, badge=turns))
