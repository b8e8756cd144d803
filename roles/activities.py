"""What the record says of each verb on units, people and seats."""

from nerima_privacy.activity.registry import register

register("ward.demonstration_loaded", "デモンストレーションの組織と人を読み込みました", article="2-2")
