"""`manage.py verify_activity`: whether the record is as it was written."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nerima_privacy.activity import anchor
from nerima_privacy.activity.verification import Report, Verification


class Command(BaseCommand):
    """Exit 0 when every entry stands as it was written and no entry has waited for the anchor over a minute; else 1."""

    help = "活動の記録を最初から計算し直し、アンカーと照らし合わせます。異常があれば終了コード1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="結果をJSONで出力します")
        parser.add_argument(
            "--new-anchor",
            action="store_true",
            help="アンカーを失ったとき、鎖を確かめたうえで作り直します（それ以前の改ざんは見つけられなくなります）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_anchor"]:
            self._start_anchor_anew()
        report = Verification().run()
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        if report.problem_count:
            sys.exit(1)

    def _start_anchor_anew(self) -> None:
        if anchor.path().exists() and anchor.path().stat().st_size:
            raise CommandError(f"アンカー {anchor.path()} があります。作り直すのは、失われたときだけです。")
        report = Verification(with_anchor=False).run()
        if report.problem_count:
            raise CommandError(f"鎖に異常があるので、アンカーを作りません。\n{_as_text(report)}")
        anchor.extend(anew=True)


def _as_text(report: Report) -> str:
    lines = [
        f"確かめた記録 {report.entries} 件、ブロック {report.blocks}（アンカー済み {report.anchored_blocks}）",
        f"まだアンカーされていない記録 {report.not_anchored} 件"
        + (f"（最も古いもの {report.oldest_seconds} 秒前）" if report.not_anchored else ""),
    ]
    if report.backdated:
        lines.append(
            f"参考：日時が封印の順より1時間以上前の記録 {report.backdated} 件（最初は記録 {report.first_backdated}）"
        )
    if not report.problem_count:
        return "\n".join([*lines, "異常はありません。"])
    first, *others = report.problems
    lines.append(f"異常 {report.problem_count} 件。最初の異常：{first.text}")
    lines += [f"  {problem.text}" for problem in others]
    return "\n".join(lines)


def _as_json(report: Report) -> str:
    return json.dumps(
        {
            "ok": not report.problem_count,
            "entries": report.entries,
            "blocks": report.blocks,
            "anchored_blocks": report.anchored_blocks,
            "not_anchored": report.not_anchored,
            "oldest_not_anchored_seconds": report.oldest_seconds,
            "backdated": report.backdated,
            "problem_count": report.problem_count,
            "first": asdict(report.problems[0]) if report.problems else None,
            "problems": [asdict(problem) for problem in report.problems],
        },
        ensure_ascii=False,
    )
