"""What a unit's code may be: it stands in the address of the unit's page."""

from django.core.validators import RegexValidator

fits_an_address = RegexValidator(
    r"^(?!(me|people|appointments|audit-officers)$)[^\s/?#%.]+$",
    "組織コードに空白や / ? # . は使えません。数字、英字、- を使ってください。",
)
