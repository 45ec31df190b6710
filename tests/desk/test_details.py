"""What sentences and labelled answers give, and what only holds the keyword."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.desk.details import DETAILS, details_in, mentions_two_chassis, quote, says_one_chassis
from mailproc.desk.words.full_stops import sentences
from mailproc.desk.words.passages import passages, topic_of
from mailproc.desk.words.people import phone_numbers


def given_by(text: str, subject: str = "") -> set[str]:
    return {one.item for one in details_in(passages(text), subject, DETAILS)}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("The VAP group fw does not load its policy and SmartDashboard reports a timeout.", "description"),
        ("Das Modul in Steckplatz 5 bleibt beim Booten mit einem Kernel-Fehler stehen.", "description"),
        ("We swapped the cable and it made no difference.", "troubleshooting"),
        ("Nothing has been tried yet.", "troubleshooting"),
        ("Wir haben das Modul getauscht, ohne Erfolg.", "troubleshooting"),
        ("Nous avons redémarré le boîtier, sans succès.", "troubleshooting"),
        ("It started on Monday around 9:40.", "timeline"),
        ("Since yesterday evening the proxy drops sessions.", "timeline"),
        ("Das besteht seit Montag.", "timeline"),
        ("Depuis mardi le boîtier redémarre.", "timeline"),
        ("240 people in the trading room cannot place orders.", "business-impact"),
        ("Nobody is affected.", "business-impact"),
        ("Keine Auswirkung auf den Betrieb.", "business-impact"),
        ("No changes recently.", "recent-changes"),
        ("We upgraded XOS 9.6.5 to 9.7.1 on Sunday.", "recent-changes"),
        ("Keine Änderungen.", "recent-changes"),
        ("There is one static default route to 192.0.2.1.", "routing"),
        ("ProxySG 600-10, serial 4312345678", "product"),
        ("The proxies are explicit, behind a load balancer.", "environment"),
        ("Kein Anwender ist bisher betroffen.", "business-impact"),
        ("So far no user has complained.", "business-impact"),
        ("Nobody is cut off.", "business-impact"),
        ("No one is affected so far.", "business-impact"),
        ("Our customers do not notice it.", "business-impact"),
        ("None of the branches is without service.", "business-impact"),
        ("Il n'y a aucune gêne pour les utilisateurs.", "business-impact"),
        ("Nadie se ha quejado hasta ahora.", "business-impact"),
        ("A produção segue normal.", "business-impact"),
        ("業務への影響はありません。", "business-impact"),
        ("It hurts nobody.", "business-impact"),
        ("Production runs as usual.", "business-impact"),
        ("Nenhuma loja consegue vender.", "business-impact"),
        ("Aucun guichet ne fonctionne.", "business-impact"),
        ("Kein Schalter kann arbeiten, die Kunden warten.", "business-impact"),
        ("The nurses write everything on paper.", "business-impact"),
        ("Orders worth 40 000 EUR wait.", "business-impact"),
        ("Zum ersten Mal gesehen am 3. März.", "timeline"),
        ("Erstmals aufgetreten letzte Nacht.", "timeline"),
        ("Constaté hier vers 14 h.", "timeline"),
        ("Détecté ce matin à 8 h.", "timeline"),
        ("Ocurrió ayer por la tarde.", "timeline"),
        ("Aconteceu ontem às 22h10.", "timeline"),
        ("We first saw it on 3 March.", "timeline"),
        ("After the power failure of Sunday the box did not come up.", "timeline"),
        ("It has been going on for three weeks.", "timeline"),
        ("O problema começou na segunda.", "timeline"),
        ("3月2日の10時頃に発生しました。", "timeline"),
        ("Noticed around half past nine this morning.", "timeline"),
        ('"reload slot 4" returns "% Busy".', "troubleshooting"),
        ("We read the Configuration Guide, chapter 9, and found nothing.", "troubleshooting"),
        ("I went through the logs, nothing there.", "troubleshooting"),
        ("Pulled the card and put it back.", "troubleshooting"),
        ("Moved to slot 6, same behaviour.", "troubleshooting"),
        ("Le câble a été remplacé, sans effet.", "troubleshooting"),
        ("Se cambió la fuente, sigue igual.", "troubleshooting"),
        ("Já trocamos o cabo.", "troubleshooting"),
        ("Karte getauscht, Fehler bleibt.", "troubleshooting"),
        ("ケーブルを交換しましたが改善しません。", "troubleshooting"),
        ("Nothing has been done so far, we wait for you.", "troubleshooting"),
        ("Nothing was changed lately.", "recent-changes"),
        ("Last week XOS 9.6.5 was put on it.", "recent-changes"),
        ("Es wurde nichts verändert.", "recent-changes"),
        ("Aucune mise à jour depuis l'installation.", "recent-changes"),
        ("No hubo cambios.", "recent-changes"),
        ("Não houve alterações.", "recent-changes"),
        ("最近の変更はありません。", "recent-changes"),
        ("The last upgrade was in May, to 9.7.1.", "recent-changes"),
        ("A new APM went in on Friday.", "recent-changes"),
    ],
)
def test_prose_gives_a_detail(text: str, item: str) -> None:
    assert item in given_by(text)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("We will send the business impact later.", "business-impact"),
        ("The impact is not yet assessed.", "business-impact"),
        ("Which troubleshooting steps do you want?", "troubleshooting"),
        ("Whether there was an upgrade I would have to ask Kim.", "recent-changes"),
        ("Was there an upgrade? No idea.", "recent-changes"),
        ("We plan to go from XOS 9.5.4 to 9.7.2.", "recent-changes"),
        ("The timeline will follow.", "timeline"),
        ("It does not work, please help.", "description"),
        ("Same thing as in October.", "description"),
        ("Is it inline or explicit? I do not know.", "environment"),
        ("ProxySG 600-10", "product"),
        ("Not that I am aware of, but let me confirm with the team.", "recent-changes"),
        ("No change.", "recent-changes"),
        ("We reseated the module, no change.", "recent-changes"),
        ("Still no difference.", "recent-changes"),
        ("It's been going on since Monday.", "recent-changes"),
        ("Sans changement après cela.", "recent-changes"),
        ("We plan to upgrade next month.", "recent-changes"),
        ("A statement on the impact will come from our management.", "business-impact"),
        ("The business impact is being assessed.", "business-impact"),
        ("Impact will be shared by the account team.", "business-impact"),
        ("It does not work again.", "business-impact"),
        ("We have a DBHA setup of 2 chassis.", "business-impact"),
        ("Time line will be shared by the field engineer.", "timeline"),
        ("This is planning for next year.", "timeline"),
        ("When it began I would like to know too.", "timeline"),
        ("Please answer by Friday.", "timeline"),
        ("Tonight we are going to swap the module.", "troubleshooting"),
        ("My colleague will test another cable tomorrow.", "troubleshooting"),
        ("Still open, the colleague is on holiday.", "description"),
        ("As explained on the phone.", "description"),
        ("Same as told to your colleague.", "description"),
        ("Answers are behind the arrows.", "environment"),
        ("See page 22 of the guide on LDAP.", "environment"),
        (
            "This message is confidential and intended for the addressee only, who loses all rights since Monday.",
            "business-impact",
        ),
        ("Acme Ltd is not liable for damage caused by viruses in this e-mail.", "description"),
    ],
)
def test_promises_questions_and_denials_give_nothing(text: str, item: str) -> None:
    assert item not in given_by(text)


@pytest.mark.parametrize(
    "form",
    [
        "4) Business impact: 40 users wait",
        "Business impact: 40 users wait",
        "*Impact:* 40 users wait",
        "Business impact ........ 40 users wait",
        "| Business impact | 40 users wait |",
        "Business impact    40 users wait",
        "> 4. Business impact\n\n40 users wait",
        "> Business impact:\n40 users wait\n> Recent changes:\n",
        "Business impact:\n    [JK] 40 users wait",
        "Auswirkung: 40 users wait",
        "Impacto: 40 users wait",
        "業務影響：40 users wait",
    ],
)
def test_an_answer_is_found_in_any_layout(form: str) -> None:
    assert ("business-impact", "40 users wait") in [(one.topic, one.text) for one in passages(form)]


@pytest.mark.parametrize("answer", ["", "?", "-", "...", "tbd", "will send later", "which users do you mean?", "later"])
def test_an_answer_that_is_none_gives_nothing(answer: str) -> None:
    assert "business-impact" not in given_by(f"Business impact: {answer}\nRecent changes: none")


@pytest.mark.parametrize("answer", ["none", "no", "None.", "keine", "aucun", "ninguno", "nenhum"])
def test_a_plain_nothing_is_an_answer(answer: str) -> None:
    assert "recent-changes" in given_by(f"Recent changes: {answer}")


def test_a_question_with_an_explanation_behind_it_is_no_answer() -> None:
    assert "environment" not in given_by("Deployment: inline or explicit, how can I see? the man who knows left")


def test_a_time_of_day_is_no_label() -> None:
    assert passages("Since 8:05 today both do not answer")[0].topic is None


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("2. Description of troubleshooting already completed", "troubleshooting"),
        ("Time line of the problem", "timeline"),
        ('"show-tech-support" output', "tech-support"),
        ("/var/log/messages files", "log-messages"),
        ("Alternate contact(s)", "alternate-contact"),
        ("Seriennummer", "product"),
        ("Nom de la personne", "contact-name"),
        ("Weather", None),
    ],
)
def test_a_label_tells_its_topic(label: str, topic: str | None) -> None:
    assert topic_of(label) == topic


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert sentences("Ask Dr. Lee. He knows.") == ("Ask Dr. Lee.", "He knows.")


@pytest.mark.parametrize(
    "text", ["a DBHA site", "both X80 are down", "the second chassis took over", "unsere beiden Gehäuse", "an X60 pair"]
)
def test_words_tell_of_two_chassis(text: str) -> None:
    assert mentions_two_chassis(text)


@pytest.mark.parametrize(
    "text",
    [
        "a single chassis",
        "both NPMs",
        "the only box",
        "not DBHA, one X80",
        "Since March 2 the X60 writes this to its log.",
        "Eine zweite Box haben wir nicht.",
        "A second chassis we do not have.",
    ],
)
def test_words_that_tell_of_one_chassis(text: str) -> None:
    assert mentions_two_chassis(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+44 20 555 0139", "+44 20 555 0139"),
        ("call me 415 555 0164", "415 555 0164"),
        ("+1 (218) 555-0107", "+1 (218) 555-0107"),
        ("TEL: +81 555 0135", "+81 555 0135"),
        ("0431 555 0123", "0431 555 0123"),
    ],
)
def test_a_telephone_number_is_found_also_where_no_country_gave_it_out(text: str, number: str) -> None:
    assert number in phone_numbers(text)


@pytest.mark.parametrize(
    "text", ["S/N 2007143320", "serial 075-10024481", "SR 2-123456789", "10.20.30.40", "2014-11-05 12:30", "4312200178"]
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert phone_numbers(text) == ()


@given(st.text(max_size=400))
def test_any_text_is_read_and_evidence_stays_short(text: str) -> None:
    found = details_in(passages(text), text, DETAILS)

    assert all(len(one.evidence) <= 160 for one in found)
    assert len(quote(text)) <= 160


@pytest.mark.parametrize(
    "text",
    [
        "Two X60 in DBHA",
        "We run HA between 2 chassis",
        "HA between two X80",
        "2 nos. of X60 chassis",
        "the state of the pair: first is Master, second is Init",
        "le châssis de secours est tombé",
        "das zweite Gehäuse",
        "両系とも停止",
        "both boxes reboot",
    ],
)
def test_two_chassis_are_told_in_many_words(text: str) -> None:
    assert mentions_two_chassis(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no second box",
        "We have no standby chassis",
        "without a second chassis",
        "stand-alone chassis",
        "kein zweites Gehäuse",
        "un seul châssis",
        "a pair of cables was swapped",
        "no DBHA here",
        "a twisted pair cable",
        "key pair expired",
    ],
)
def test_other_pairs_and_chassis_that_are_missing_are_not_two(text: str) -> None:
    assert mentions_two_chassis(text) is None


def test_a_writer_without_capitals_ends_sentences_too() -> None:
    assert sentences("it is slow. i rebooted it twice, same. approx. ten users wait.") == (
        "it is slow.",
        "i rebooted it twice, same.",
        "approx. ten users wait.",
    )


def test_a_small_letter_behind_a_full_stop_is_a_slip_among_capitals() -> None:
    assert sentences("It is slow (cf. the graph). See incl. the log. Bye.")[0] == "It is slow (cf. the graph)."


def test_a_day_before_its_month_ends_no_sentence() -> None:
    assert sentences("Gesehen am 3. März. Seither nicht mehr.") == ("Gesehen am 3. März.", "Seither nicht mehr.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Me contacter : 05 55 55 01 26", "05 55 55 01 26"),
        ("Astreinte, 05.55.55.01.99 (24 h/24)", "05.55.55.01.99"),
        ("Call for Katerina, 0421 555 0113", "0421 555 0113"),
        ("GSM 24210 555 011", "24210 555 011"),
    ],
)
def test_national_numbers_are_found_in_the_groups_of_their_country(text: str, number: str) -> None:
    assert phone_numbers(text) == (number,)


def test_small_print_gives_nothing_and_ends_with_its_paragraph() -> None:
    text = "It hangs.\n\nThis e-mail is confidential. Severity 1 viruses\ncannot be excluded.\n\nSeverity: 3"

    assert [one.text for one in passages(text)] == ["It hangs.", "3"]


def test_a_dash_is_no_answer_and_the_next_line_is_not_its_rest() -> None:
    text = "Recent changes:  -\nThe console is dark\nImpact: none"

    assert [one.topic for one in passages(text)] == [None, "business-impact"]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Timeline:\n2014-03-05 08:20 APM3 failed: no traffic\n2014-03-05 08:40 APM3 restarted", "timeline"),
        ("2014-03-05 08:20 we rebooted: no change", "troubleshooting"),
        ("The APM will not complete its boot since Monday 09:00.", "timeline"),
        ("We asked them to reboot the module twice, no change.", "troubleshooting"),
        ("It is hard to tell why, but APM 3 panics since Monday 09:00.", "timeline"),
    ],
)
def test_what_looks_like_output_a_promise_or_ignorance_may_be_words_that_tell(text: str, item: str) -> None:
    assert item in given_by(text)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("We have already bought the support contract.", "troubleshooting"),
        ("Status of APM 3: nothing", "troubleshooting"),
        ("Il modulo è stato riavviato da solo.", "troubleshooting"),
        ("Ping fra 10.0.0.1 til 10.0.0.2 virker ikke.", "recent-changes"),
        ("Dopo il cambio di turno è lento.", "recent-changes"),
        ("Our ProxySG 900 is slow. Customer number 12345678.", "product"),
        ("We use 8.8.8.8 as DNS. Our ProxySG 900 is slow.", "product"),
    ],
)
def test_what_looks_like_a_detail_may_be_none(text: str, item: str) -> None:
    assert item not in given_by(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die zweite Box ist nicht betroffen.",
        "En el segundo chasis no hay errores.",
        "Le deuxième châssis n'est pas touché.",
        "On the second box we don't have the fault.",
    ],
)
def test_a_second_chassis_that_is_well_is_not_denied(text: str) -> None:
    assert not says_one_chassis(text)
