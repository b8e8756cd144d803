"""The menu line of this area, with the number that waits for the reader."""

from files_registry.filings.listing import turns
from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "届出", "filings:list", 20, badge=turns))
