"""Django's registration of this app."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "nerima_privacy.duties"
    label = "duties"
    verbose_name = "義務"

    def ready(self) -> None:
        """Declare the verbs; put the desk and the board into the menu."""
        import nerima_privacy.duties.activities  # noqa: F401
        from nerima_privacy.duties.policies import OVERSEEING
        from nerima_privacy.web.menu import MenuItem, register

        register(MenuItem("", "わたしの机", "desk", order=0))
        register(MenuItem("確かめる", "状況一覧", "board", order=90, seats={str(seat) for seat in OVERSEEING}))
