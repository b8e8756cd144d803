"""Files at every other step of their life: each story is told by the verbs, on the days they would be done."""

from files_registry.demo.files import sample
from files_registry.demo.teller import Teller
from files_registry.filings.models import Result


def at_the_tax_section(tell: Teller) -> None:
    """One change waits for 保護責任者, one new file is with 情報公開課, one is being written."""
    tax = sample("課税台帳（特別区民税・都民税）")
    items = [*tax.items.split("、"), "森林環境税額"]
    change = tell.change(tax.name, 5, {"items": "\n".join(items), "recipients": "東京都\n地方税共同機構"}, planned=8)
    tell.submit(change, 3, "税制改正にともなう追加です。")
    tell.filed(sample("軽自動車税納税者ファイル"), 7, planned=20)
    tell.draft(sample("税証明の電子申請者ファイル"), 1, planned=40, keep=["name", "purpose", "items"], officer=1)


def before_filing(tell: Teller) -> None:
    """Returned; waiting in a unit whose seat is vacant; waiting for somebody acting."""
    returned = tell.submit(tell.draft(sample("口座振替申込者ファイル"), 9, planned=30), 8)
    tell.send_back(
        returned, 6, "金融機関への提供を10欄に書いてください。収集方法に、金融機関経由の申込みも加えてください。"
    )
    tell.submit(tell.draft(sample("開発事業者相談記録"), 4, planned=25), 3)
    tell.submit(tell.draft(sample("民生委員・児童委員名簿"), 6, planned=21), 2)


def with_disclosure(tell: Teller) -> None:
    """To be corrected, proposed, decided, overdue; one of 情報公開課's own."""
    correcting = tell.filed(sample("保育所待機児童調査ファイル"), 12, planned=30)
    tell.correct(correcting, 8, "記録項目に「家族の状況」がないのに、8欄が「含まない」でよいか確かめてください。")
    tell.propose(
        tell.filed(sample("避難行動要支援者名簿（電子地図）"), 24, planned=60),
        15,
        "要配慮個人情報を含み、区の外へ経常的に提供するため。",
    )
    tell.decide(
        tell.change(
            "図書館利用者登録ファイル",
            16,
            {"items": "氏名\n生年月日\n住所\n電話番号\n電子メールアドレス\n利用者番号"},
            planned=14,
        ),
        3,
    )
    tell.filed(sample("期日前投票者受付ファイル"), 43, planned=-5)
    tell.filed(sample("公文書公開請求者ファイル"), 5, planned=26)
    tell.filed(
        sample("預かり保育利用者名簿"),
        10,
        planned=-120,
        late="昨年度の開始のとき、届出が要ることを知らなかった。",
        officer=None,
    )


def after_the_result(tell: Teller) -> None:
    """To be held, to be considered again, withdrawn, late and taken in, corrected."""
    council = tell.propose(
        tell.filed(sample("予防接種台帳（電子）"), 75, planned=10),
        66,
        "多数の区民の要配慮個人情報を新たに電算処理するため。",
    )
    tell.outcome(council, 30, Result.CONDITIONS, "医療機関との送受信を暗号化し、接種履歴の閲覧を担当者に限ること。")
    tell.notify(council, 27)
    school = tell.decide(tell.filed(sample("学校メール配信登録者名簿"), 22, planned=4), 14)
    tell.notify(school, 13)
    again = tell.decide(
        tell.filed(sample("イベント参加者写真ファイル"), 30, planned=15),
        20,
        Result.RECONSIDER,
        "撮影と掲載について本人の同意をとる方法を定めてください。",
    )
    tell.notify(again, 19)
    tell.withdraw(tell.filed(sample("施設利用者の体温記録"), 200, planned=-190), 196, "記録をとらないこととしたため。")
    late = tell.filed(
        sample("粗大ごみ受付ファイル"), 300, planned=-900, late="委託先のシステムで保有していることを、点検で見つけた。"
    )
    tell.hold(tell.notify(tell.decide(late, 290), 289), 288, on=900)
    change = tell.change(
        "国民健康保険被保険者台帳",
        140,
        {"recipients": "東京都国民健康保険団体連合会\n社会保険診療報酬支払基金"},
        planned=-110,
    )
    tell.apply(tell.notify(tell.decide(change, 130), 129), 110)
    minor = tell.change("戸籍ファイル", 60, {"remarks": "令和8年度から振り仮名を記載する。"}, planned=-50)
    tell.apply_minor(minor, 58)


def ceased(tell: Teller) -> None:
    """Ceasing filed and not received; received with the data erased, transferred, or not accounted for; late."""
    mail = tell.held(sample("メールマガジン登録者ファイル"), 800)
    tell.cease(mail, 4, ended=9)
    survey = tell.held(sample("区民意識意向調査回答者名簿"), 700)
    tell.dispose(
        tell.receive(tell.cease(survey, 90, ended=95), 86), 80, "erased", "外部記録媒体を破砕し、2人で確認した。"
    )
    history = tell.held(sample("文化財調査協力者名簿"), 850)
    tell.dispose(
        tell.receive(tell.cease(history, 60, ended=63), 55), 50, "transferred", "引継目録第12号のとおり移管した。"
    )
    parking = tell.held(sample("自転車駐車場定期利用者ファイル（旧）"), 750)
    late = tell.cease(parking, 20, ended=75, late="指定管理者の交代の手続に追われ、届出がもれていた。")
    tell.receive(late, 17)


STORIES = [at_the_tax_section, before_filing, with_disclosure, after_the_result, ceased]
