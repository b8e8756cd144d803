"""The questions that decide whether a file belongs in the public book (法第75条第2項・第3項、令第21条第7項).

Pure functions: what is known of the file, what was answered, and the law on a day go in; a conclusion comes out.
The system concludes, a person decides: workflow.decide_listing records the answers with the conclusion they lead to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from files_registry.register.models import Ground

NONE_APPLIES = "none"
ITEMS, COLLECTION, RECIPIENTS = 5, 7, 10
OMISSIBLE = {ITEMS: "記録項目の一部", COLLECTION: "記録情報の収集方法", RECIPIENTS: "記録情報の経常的提供先"}


@dataclass(frozen=True)
class Exemption:
    """One item of 法第74条第2項 that a person must judge; the number of persons is judged by counting."""

    code: str
    label: str
    article: str = ""


@dataclass(frozen=True)
class Rules:
    """The law on a day. `min_persons`: a file of fewer is not published (法第74条第2項第9号・政令)."""

    min_persons: int
    exemptions: tuple[Exemption, ...]


@dataclass(frozen=True)
class Facts:
    """What the record says. `persons` None: not counted. `parent_published`: the parent named is in the book."""

    under_act: bool
    organ_name: str
    persons: int | None
    manual: bool
    items: tuple[str, ...] = ()
    parent_name: str = ""
    parent_published: bool = False
    parent_computerised: bool = False


@dataclass(frozen=True)
class Step:
    """One question as answered: what it means for the listing, and by which article. `ends` when it decides."""

    question: str
    answer: str
    meaning: str
    article: str
    ends: bool = False


@dataclass(frozen=True)
class Conclusion:
    """`listed` None: cannot be concluded yet, `missing` says why, each sentence keyed by the question's name."""

    listed: bool | None
    ground: str = ""
    steps: tuple[Step, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    omitted: tuple[int, ...] = ()

    @property
    def ground_label(self) -> str:
        """The ground in words with its article."""
        return Ground(self.ground).label if self.ground else ""


def conclude(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Conclusion:
    """What the answers lead to, in the order of the articles. The first ground that applies decides.

    A ground of 法第75条第2項第1号 stands alone: with too few persons nobody need go through the other items.
    """
    steps: list[Step] = []
    missing: dict[str, str] = {}
    for ask in (_organ, _exemptions, _persons, _subset, _manual_twin, _whole_omission):
        step, ground, problem = ask(facts, answers, rules)
        missing.update(problem or {})
        if step:
            steps.append(step)
        if ground and ask in {_exemptions, _persons}:
            missing = {name: text for name, text in missing.items() if answers.get(name)}
        if ground and not missing:
            return Conclusion(False, ground, tuple(steps))
    if missing:
        return Conclusion(None, steps=tuple(steps), missing=missing)
    return _partial_omission(facts, answers, steps)


Answered = tuple[Step | None, str, dict[str, str] | None]


def _next(question: str, answer: str, article: str, meaning: str = "つぎの質問に進みます。") -> Answered:
    return Step(question, answer, meaning, article), "", None


def _off(question: str, answer: str, article: str, meaning: str, ground: str) -> Answered:
    return Step(question, answer, meaning, article, ends=True), ground, None


def _ask(name: str, problem: str) -> Answered:
    return None, "", {name: problem}


def _organ(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Answered:
    question, article = "法第5章が適用される機関が保有していますか", "法第2条第11項第2号"
    if facts.under_act:
        return _next(question, facts.organ_name, article)
    meaning = "議会には法第5章が適用されないので、法のファイル簿には載せません。"
    return _off(question, facts.organ_name, article, meaning, Ground.OUTSIDE_ACT)


def _exemptions(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Answered:
    name, question, article = "exemptions", "法第74条第2項の各号に当たりますか", "法第75条第2項第1号"
    chosen = list(answers.get(name) or [])
    known = {exemption.code: exemption for exemption in rules.exemptions}
    if not chosen:
        return _ask(name, "当たる号を選んでください。ないときは「どれにも当たらない」を選びます。")
    if NONE_APPLIES in chosen and len(chosen) > 1:
        return _ask(name, "「どれにも当たらない」と他の号は、いっしょに選べません。")
    if chosen == [NONE_APPLIES]:
        return _next(question, "どれにも当たらない", article)
    if not set(chosen) <= set(known):
        return _ask(name, "この日に効力のない号が選ばれています。選びなおしてください。")
    labels = "、".join(known[code].label for code in known if code in chosen)
    first = next(code for code in known if code in chosen)
    return _off(question, labels, article, "公表の対象から除かれます。", first)


def _persons(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Answered:
    question, article = f"本人の数は{rules.min_persons:,}人以上ですか", "法第74条第2項第9号・第75条第2項第1号"
    if facts.persons is not None:
        enough, answer = facts.persons >= rules.min_persons, f"{facts.persons:,}人（記録された数）"
    else:
        told = answers.get("persons")
        if told not in {"enough", "few"}:
            problem = "本人の数が記録されていません。所管の保護責任者に確かめて、答えてください。"
            return _ask("persons", problem)
        enough, side = (True, "以上") if told == "enough" else (False, "未満")
        answer = f"{rules.min_persons:,}人{side}（所管に確認）"
    if enough:
        return _next(question, answer, article)
    meaning = f"{rules.min_persons:,}人に満たないので、公表の対象から除かれます。"
    return _off(question, answer, article, meaning, Ground.FEW_PERSONS)


def _subset(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Answered:
    question = "公表しているファイルの一部だけでできていますか"
    return _within_parent(facts, answers, "subset", question, "法第75条第2項第2号", Ground.SUBSET)


def _manual_twin(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Answered:
    """Manual files are not exempt as such: 法第75条第2項第1号 does not take in 第74条第2項第11号."""
    name, article = "manual_twin", "令第21条第7項"
    question = "利用目的と記録範囲が、公表している電算処理ファイルの範囲内ですか"
    if not facts.manual:
        return _next(question, "電算処理ファイル", article, "マニュアル処理ファイルだけの質問です。")
    if answers.get(name) == "yes" and facts.parent_published and not facts.parent_computerised:
        return _ask(name, f"親のファイル「{facts.parent_name}」は電算処理ファイルではありません。")
    return _within_parent(facts, answers, name, question, article, Ground.MANUAL_TWIN)


def _within_parent(
    facts: Facts, answers: Mapping[str, Any], name: str, question: str, article: str, ground: str
) -> Answered:
    told, parent = answers.get(name), facts.parent_name
    if told == "no":
        return _next(question, "いいえ", article)
    if told != "yes":
        return _ask(name, "「はい」か「いいえ」を選んでください。")
    if not parent:
        problem = "親となるファイルが記録されていません。所管の保護責任者に届け出てもらってください。"
        return _ask(name, problem)
    if not facts.parent_published:
        return _ask(name, f"親のファイル「{parent}」がファイル簿に載っていません。先に親を公表してください。")
    return _off(question, "はい", article, f"「{parent}」に含まれるので、べつには載せません。", ground)


def _whole_omission(facts: Facts, answers: Mapping[str, Any], rules: Rules) -> Answered:
    question, article = "載せると、事務の適正な遂行に著しい支障がありますか", "法第75条第3項"
    told = answers.get("hamper")
    if told == "whole":
        return _off(question, "全体に支障がある", article, "ファイル簿に載せません。", Ground.HAMPER)
    if told == "partial":
        return _next(question, "一部の欄に支障がある", article, "選んだ欄の記載を省いて載せます。")
    if told == "no":
        return _next(question, "支障はない", article, "すべての欄を載せます。")
    return _ask("hamper", "支障の有無を選んでください。")


def _partial_omission(facts: Facts, answers: Mapping[str, Any], steps: list[Step]) -> Conclusion:
    if answers.get("hamper") != "partial":
        return Conclusion(True, steps=tuple(steps))
    cells = sorted({int(no) for no in answers.get("omitted_cells") or []})
    problem = _omission_problem(facts, cells, {int(no) for no in answers.get("omitted_items") or []})
    if problem:
        return Conclusion(None, steps=tuple(steps), missing=problem)
    labels = "、".join(OMISSIBLE[no] for no in cells)
    steps.append(Step("省く欄はどれですか", labels, "その欄の記載を省いて載せます。", "法第75条第3項"))
    return Conclusion(True, steps=tuple(steps), omitted=tuple(cells))


def _omission_problem(facts: Facts, cells: list[int], lines: set[int]) -> dict[str, str]:
    """Of the items only a part may go, never all of them."""
    if not cells:
        return {"omitted_cells": "記載を省く欄を選んでください。"}
    if not set(cells) <= set(OMISSIBLE):
        return {"omitted_cells": "省けるのは、記録項目の一部、収集方法、経常的提供先だけです（法第75条第3項）。"}
    if ITEMS not in cells:
        return {}
    within = {no for no in lines if 1 <= no <= len(facts.items)}
    if not within or within != lines:
        return {"omitted_items": "省く記録項目を選んでください。"}
    if len(within) == len(facts.items):
        problem = "記録項目のすべては省けません。全体に支障があるときは、前の質問でそう答えてください。"
        return {"omitted_items": problem}
    return {}
