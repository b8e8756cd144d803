"""`manage.py duties [--json] [--on DATE] [--unit CODE]`: how every duty stands."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nerima_privacy.calendars.eras import parse_date, wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.paragraphs import label
from nerima_privacy.duties.registry import Duty, Finding, Scope, all_duties
from nerima_privacy.duties.territory import Territory, territory
from nerima_privacy.law.seeds import IN_FORCE


class Command(BaseCommand):
    help = "指針の各義務について、対象・満たしている数・期限前・おくれと、その一件ごとの内容を出します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="JSONで出す")
        parser.add_argument("--on", metavar="DATE", help="基準日（例　2026-11-24、令和8年11月24日）。なければきょう")
        parser.add_argument("--unit", metavar="CODE", help="組織コード。部のときはその課を含む")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 2 for a date that cannot be read or a unit that does not exist."""
        on = _day(options["on"])
        ward = territory(on)
        scope = Scope(on, _units(ward, options["unit"]))
        rows = [row(duty, scope, ward) for duty in all_duties()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{wareki(on)}現在　{options['unit'] or '区全体'}")
        for line in rows:
            self.stdout.write(
                f"{label(line['article'])}　{line['title']}　対象 {line['subjects']}"
                f"　満たす {line['met']}　期限前 {line['due_soon']}　おくれ {line['overdue']}"
            )
            for finding in line["findings"]:
                due = finding["due_on"] or "定めなし"
                self.stdout.write(f"    {finding['subject']}　期限 {due}　{finding['clears']}")


def row(duty: Duty, scope: Scope, ward: Territory) -> dict[str, Any]:
    """One duty as the command prints it; `unit` is a unit's code, None for what concerns the ward."""
    outcome = duty.check(scope)
    return {
        "id": duty.id,
        "article": duty.article,
        "title": duty.title,
        "seat": duty.seat.value,
        "subjects": outcome.subjects,
        "met": outcome.met,
        "due_soon": len(outcome.due_soon(scope.on)),
        "overdue": len(outcome.overdue(scope.on)),
        "findings": [_finding(finding, ward) for finding in outcome.findings],
    }


def _finding(finding: Finding, ward: Territory) -> dict[str, str | None]:
    return {
        "subject": finding.subject,
        "unit": ward.units[finding.unit_id].code if finding.unit_id else None,
        "since": finding.since.isoformat(),
        "due_on": finding.due_on.isoformat() if finding.due_on else None,
        "clears": finding.clears,
    }


def _day(typed: str | None) -> date:
    try:
        day = parse_date(typed) if typed else today()
    except ValueError as error:
        raise CommandError(f"--on {typed}: {error}", returncode=2) from error
    if day < IN_FORCE:
        raise CommandError(f"--on {typed}: 指針が始まった{wareki(IN_FORCE)}からの日付にしてください。", returncode=2)
    return day


def _units(ward: Territory, code: str | None) -> frozenset[int] | None:
    if code is None:
        return None
    unit = next((unit for unit in ward.units.values() if unit.code == code), None)
    if unit is None:
        raise CommandError(f"--unit {code}: そのコードの組織はありません。", returncode=2)
    return ward.within([unit.pk])
