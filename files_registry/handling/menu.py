"""The menu line of this area, with the number that waits for the reader."""

from files_registry.handling.listing import turns
from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "複製・送信・持出し", "handling:list", 40, badge=turns))
