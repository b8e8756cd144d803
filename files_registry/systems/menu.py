"""The menu line of this area, with the number of proposals that wait for the reader."""

from files_registry.systems.desk import badge
from nerima_privacy.web.menu import MenuItem, register

register(MenuItem("ファイルと届出", "情報システム", "systems:list", 45, badge=badge))
