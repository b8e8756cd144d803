"""Audits (第24条)."""

from tests.access.rules.building import Rule


def audit(may, which, methods=("post",), knows=None):
    """A page or verb of one audit of 税務課."""
    return Rule(
        may=may,
        knows=knows or (lambda world, side: {"chief", "audit_officer"}),
        arguments=lambda world, side: [world.audits[which].pk],
        methods=methods,
        refused=404,
    )


def examined(world, side):
    """Who is told of an approved audit of 税務課, its officer and 総括保護管理者."""
    return {"audit_officer", "chief", "manager", "officer", "second_officer", "department_manager"}


def officers(world, side):
    return {"audit_officer"}


RULES: dict[str, Rule] = {
    "audits:list": Rule(),
    "audits:new": Rule({"audit_officer"}, methods=("get", "post")),
    "audits:detail": audit(examined, "under_way", methods=("get",)),
    "audits:edit": audit(officers, "draft", methods=("get", "post"), knows=officers),
    "audits:files": audit(officers, "under_way", methods=("get",), knows=examined),
    "audits:submit": audit(officers, "draft", knows=officers),
    "audits:approve": audit({"chief"}, "submitted"),
    "audits:refuse": audit({"chief"}, "submitted"),
    "audits:withdraw": audit(officers, "submitted"),
    "audits:end": audit({"chief", "audit_officer"}, "under_way", knows=examined),
}
