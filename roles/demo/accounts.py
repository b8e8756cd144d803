"""The people of the demonstration one can log in as, shown on its login page and by `manage.py demo_accounts`."""

from dataclasses import dataclass

# Public by design: it opens the demonstration alone, which holds nobody's data (manage.py refuses in production).
PASSWORD = "nerima-demo-2026"  # noqa: S105


@dataclass(frozen=True)
class Account:
    """Whom one can be. `username` is the staff number; `post` and `unit` are what the person is there."""

    username: str
    name: str
    kana: str
    post: str
    unit: str

    @property
    def password(self) -> str:
        return PASSWORD


ACCOUNTS = [
    Account("soukatsu", "架空寺 統", "カクウジ オサム", "総括保護管理者", ""),
    Account("kumin-bucho", "仮山 久美子", "カリヤマ クミコ", "保護管理責任者", "区民部"),
    Account("zeimu-kacho", "見本沢 税", "ミホンザワ チカラ", "保護責任者", "税務課"),
    Account("zeimu-tanto1", "例田 花子", "レイダ ハナコ", "保護担当者", "税務課"),
    Account("zeimu-tanto2", "例田 次郎", "レイダ ジロウ", "保護担当者", "税務課"),
    Account("zeimu-shokuin1", "試川 三津子", "タメシガワ ミツコ", "職員", "税務課"),
    Account("zeimu-shokuin2", "試川 四郎", "タメシガワ シロウ", "職員", "税務課"),
    Account("zeimu-haken", "派見 五月", "ハケミ サツキ", "派遣", "税務課"),
    Account("soumu-bucho", "兼野 二葉", "カネノ フタバ", "保護管理責任者（総務部・人事戦略担当部）", "総務部"),
    Account("fukushi-dairi", "代田 務", "シロタ ツトム", "保護責任者（職務代理）", "管理課"),
    Account("toyotama-kocho", "校倉 学", "アゼクラ マナブ", "保護責任者", "豊玉小学校"),
    Account("toyotama-fuku", "校倉 副子", "アゼクラ ソエコ", "保護担当者", "豊玉小学校"),
    Account("toyotama-kyoshi", "教木 児", "オシエギ チゴ", "教職員", "豊玉小学校"),
    Account("joho-kacho", "公野 開", "キミノ ヒラク", "情報公開課長、保護責任者", "情報公開課"),
    Account("joho-shokuin", "公野 報", "キミノ ホウ", "情報公開課の職員", "情報公開課"),
    Account("joho-tanto", "公野 情", "キミノ ジョウ", "保護担当者、情報公開課の職員", "情報公開課"),
    Account("kansa", "監物 公平", "ケンモツ コウヘイ", "監査責任者、保護責任者", "経理用地課"),
    Account("kanrisha", "系統 守", "ケイトウ マモル", "システム管理者", "情報政策課"),
]
