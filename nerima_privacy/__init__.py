"""The project, and what every article of the guideline shares."""

from nerima_privacy.celery import app as celery_app

__all__ = ["celery_app"]
