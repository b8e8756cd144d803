"""The verbs of this area, as the record shows them."""

from nerima_privacy.activity.registry import register

register("sweep.ran", "期限の点検を行い、期限の近いものとおくれているものを知らせました", article="3-3")
