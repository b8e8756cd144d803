"""Re-exports the areas' models for Django; inside an area import the area's own module."""

from audits.examinations.models import Audit

__all__ = ["Audit"]
