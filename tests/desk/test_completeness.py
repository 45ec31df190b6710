"""What a whole mail gives of what its policy requires, with its files and what came before."""

from pathlib import Path

import pytest

from mailproc.cli.accuracy import macro_f1, score
from mailproc.config import load_policy
from mailproc.desk.completeness import Assessment, Finding, Known, assess
from mailproc.desk.defects import UNKNOWN
from mailproc.desk.events import ArrivedFile
from mailproc.desk.policy import Policy
from mailproc.reading.mail import Address, Attachment, Mail
from tests.build import a_mail
from tests.desk.samples import BLUE_COAT, COS, DUTY_MANAGER, LOG, X_SERIES, console, show_tech, syslog

SAMPLES = Path(__file__).parents[1] / "mails" / "support"
EVERYDAY = SAMPLES.with_name("everyday")
LABELLED = Path(__file__).parents[3] / "shared" / "mails" / "support"


def written(text: str, *files: Attachment, **what: object) -> Mail:
    return a_mail(text=text, reply=text, attachments=files, **what)


def a_file(name: str, content: str, inside: str | None = None) -> Attachment:
    return Attachment(name=name, type="text/plain", content=content.encode(), inside=inside)


def finding(assessment: Assessment, item: str) -> Finding:
    return next(one for one in assessment.findings if one.item == item)


def test_every_requirement_is_answered_in_the_order_of_the_policy() -> None:
    found = assess(written("Hello"), X_SERIES)

    assert [one.item for one in found.findings] == [one.id for one in X_SERIES.requirements]
    assert found.missing == tuple(one.id for one in X_SERIES.requirements if not one.optional)
    assert found.met == ()


def test_a_file_in_an_archive_is_evidence_by_its_place() -> None:
    found = assess(written("See file.", a_file("sts.txt", show_tech("a", "B1"), inside="logs.zip")), X_SERIES)

    assert finding(found, "tech-support").evidence == "logs.zip / sts.txt"
    assert finding(found, "routing").met


def test_a_file_of_a_c_series_appliance_serves_as_well() -> None:
    assert finding(assess(written("", a_file("x", COS)), X_SERIES), "tech-support").met


def test_a_file_that_only_holds_an_error_does_not_serve() -> None:
    found = assess(written("", a_file("cos.txt", "-bash: cos-tech-support: command not found")), X_SERIES)

    assert not finding(found, "tech-support").met
    assert found.files[0].problem == "only holds an error: command not found"


def test_one_chassis_of_two_is_not_enough() -> None:
    found = assess(written("Both X60 are affected.", a_file("a", show_tech("a", "B1"))), X_SERIES)

    assert found.dbha
    assert not finding(found, "tech-support").met


def test_the_second_chassis_in_a_follow_up_completes_the_pair() -> None:
    first = assess(written("Both X60 are affected.", a_file("a", show_tech("a", "B1"))), X_SERIES)
    known = Known(files=first.files, dbha=first.dbha)

    second = assess(written("The other one.", a_file("b", show_tech("b", "B2"))), X_SERIES, known)

    assert finding(second, "tech-support").met
    assert second.dbha


def test_the_same_chassis_twice_does_not_complete_the_pair() -> None:
    files = (a_file("a", show_tech("a", "B1")), a_file("b", show_tech("a", "B1") + "later"))

    found = assess(written("Both X60 are affected.", *files), X_SERIES)

    assert not finding(found, "tech-support").met
    assert found.files[1].problem == "comes from the same chassis as a"


def test_files_of_two_serial_numbers_tell_of_two_chassis() -> None:
    files = (a_file("a", show_tech("a", "B1")), a_file("b", show_tech("b", "B2")), a_file("m", syslog("a")))

    found = assess(written("All files.", *files), X_SERIES)

    assert found.dbha
    assert "log-messages" in found.missing


def test_what_our_own_form_says_of_two_chassis_tells_nothing() -> None:
    form = "> 5. show-tech-support output (both chassis if DBHA)\n\nwill follow\n"

    assert not assess(written(form), X_SERIES).dbha


def test_a_heading_of_an_operators_own_policy_is_a_label() -> None:
    impact = next(one for one in X_SERIES.requirements if one.id == "business-impact")
    own = X_SERIES.model_copy(update={"requirements": (impact.model_copy(update={"headings": ("Skutki",)}),)})

    assert assess(written("Skutki: 40"), own).met == ("business-impact",)
    assert assess(written("Skutki: 40"), X_SERIES).met == ()


def test_what_was_given_before_stays_given() -> None:
    found = assess(written("Any news?"), X_SERIES, Known(items=("timeline",)))

    assert finding(found, "timeline").met
    assert finding(found, "timeline").evidence is None
    assert "timeline" not in found.missing


def test_console_output_may_be_pasted_and_log_lines_may_not() -> None:
    found = assess(written(f"On the console:\n\n{console()}\nand in the log\n\n{LOG[:200]}"), X_SERIES)

    assert finding(found, "console-output").met
    assert not finding(found, "log-messages").met


def test_our_form_may_come_back_as_a_file_with_the_answers() -> None:
    form = a_file("form.txt", "1. Business impact\nAnswer: 40 users in Oslo wait\n\nEnd of the form.\n")

    assert finding(assess(written("See the file.", form), X_SERIES), "business-impact").met


def test_what_our_own_form_asks_is_no_answer_where_it_came_back_unquoted() -> None:
    labels = {one.id: f"{one.label}\n{one.how}\nWhy: {one.why}\nAnswer:\n" for one in X_SERIES.requirements}
    form = "\n".join(f"{number}. {said}" for number, said in enumerate(labels.values(), start=1))

    assert assess(written(f"{form}\nEnd of the form."), X_SERIES).met == ()


def test_quoted_older_mail_gives_nothing() -> None:
    older = "On Monday Ann wrote:\n> No changes recently. It started yesterday.\n> SR 2-123456789"
    mail = a_mail(text=f"Here you are.\n\n{older}", reply="Here you are.")

    found = assess(mail, X_SERIES)

    assert found.met == ()
    assert found.sr_numbers == ()


def test_answers_that_are_marked_within_a_quoted_form_count_where_the_writer_says_so() -> None:
    reply = "My answers are inline, marked [JK]."
    form = "From: Support\nSent: Monday\n\nBusiness impact:\n    [JK] 40 users wait\nTime line:\n\nRecent changes:\n"

    found = assess(a_mail(text=f"{reply}\n\n{form}", reply=reply), X_SERIES)

    assert found.met == ("business-impact",)


def test_service_request_numbers_come_from_the_subject_and_the_new_words() -> None:
    found = assess(written("also 2-987654321, not 2-44718", subject="SR 2-123456789"), DUTY_MANAGER)

    assert found.sr_numbers == ("2-123456789", "2-987654321")
    assert finding(found, "sr-number").met


def test_a_signature_gives_name_and_number() -> None:
    mail = a_mail(
        text="Please call.\n\nAnn Lee\nAcme Ltd\n+44 20 555 0139\n\n> Ben Ray\n> +44 20 555 0999",
        reply="Please call.",
        sender=Address(address="ann@acme.example"),
    )

    assert "+44 20 555 0139" in (finding(assess(mail, BLUE_COAT), "contact").evidence or "")


def test_a_number_of_somebody_else_is_not_the_primary_one() -> None:
    text = "My name is Rosa Ek. The number is in the case. If I don't answer: Jan Terp, +31 555 0163."

    found = assess(written(text), DUTY_MANAGER)

    assert not finding(found, "contact-phone").met
    assert finding(found, "alternate-contact").met


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Please help.", True),
        ("I write from a colleague's mailbox, this is not my address.", False),
        ("I write on behalf of the customer.", False),
    ],
)
def test_the_senders_address_counts_where_it_is_his_own(text: str, met: bool) -> None:  # noqa: FBT001 - a table's value
    assert finding(assess(written(text), DUTY_MANAGER), "contact-email").met is met


def test_an_unattended_sender_is_no_contact() -> None:
    mail = written("Service request ........ 2-123456789", sender=Address(address="noreply@portal.example"))

    assert assess(mail, DUTY_MANAGER).met == ("sr-number",)


@pytest.mark.parametrize(
    "text",
    [
        "We are Acme Foods Ltd, the box stands in our office in Oslo.",
        "Nordsee Papier, Kieler Werk: the proxy is slow.",
        "This is Gold Coast Ferries, head office Accra. The proxy is slow.",
        "Le proxy du lycée Jean Moulin, site de Vichy, est lent.",
        "The proxy at our Leeds plant (Harlow Bricks) is slow.",
        "The proxy is slow. Lakeside Brewing, Duluth. Who can help?",
        "The proxy is slow.\n\nBo Ek\nMuseo Textil, Cusco",
        "The proxy is slow.\n\nMuseo Textil · Cusco\nBo Ek, tel. 555 0139",
        "The proxy is slow. Site: Harlow Bricks, Leeds.",
        "プロキシが遅いです。\n\n全国茶業組合\u3000静岡本部",
    ],
)
def test_a_house_and_its_place_make_a_site(text: str) -> None:
    assert finding(assess(written(text), BLUE_COAT), "site").met


@pytest.mark.parametrize(
    "text",
    [
        "The box is broken.",
        "Our ProxySG 900, data center version, is slow.",
        "The proxy is slow since Monday, Oslo time.",
        "The proxy is slow.\n\nKind Regards, Bo Ek",
        "The proxy is slow.\n\nBo Ek\nSenior Engineer, Network Team",
        "This is Ann Lee, Network Engineer. The proxy is slow.",
        "Two users (Ann Lee, Bo Ek Hansen) cannot log in.",
        "We use it for Google Apps, Salesforce.",
        "At Acme Foods Ltd the LAN port is down.",
    ],
)
def test_a_house_or_a_place_alone_makes_no_site(text: str) -> None:
    assert not finding(assess(written(text), BLUE_COAT), "site").met


@pytest.mark.parametrize(
    ("ending", "met"),
    [
        ("Bo Ek, +44 20 555 0139", True),
        ("Bo Ek\n+44 20 555 0139", True),
        ("Tel. 020 555 0139\nBo Ek", True),
        ("Servicedesk ICT\n+44 20 555 0139", False),
        ("+44 20 555 0139", False),
        ("Bo Ek", False),
    ],
)
def test_a_name_beside_a_number_at_the_end_is_the_contact(ending: str, met: bool) -> None:  # noqa: FBT001 - a table's value
    mail = written(f"The proxy is slow.\n\n{ending}", sender=Address(address="support@customer.example"))

    assert finding(assess(mail, BLUE_COAT), "contact").met is met


@pytest.mark.parametrize(
    "text",
    [
        "Call me on +44 20 555 0139. If I am not at my desk, please try me at home, +44 20 555 0140.",
        "In case it is not clear, I am Ann Lee, +44 20 555 0139.",
        "Sinon, la ligne 05 55 55 01 26 est coupée.",
        "While I am in the GUI: user bo.ek@acme.example is shown as failed.",
    ],
)
def test_another_number_of_the_writer_is_no_alternate_contact(text: str) -> None:
    assert not finding(assess(written(text), DUTY_MANAGER), "alternate-contact").met


def test_a_file_of_no_kind_is_kept_and_gives_nothing() -> None:
    found = assess(written("", a_file("messages.txt", "anyone for lunch?")), X_SERIES)

    (kept,) = found.files
    assert kept == ArrivedFile(name="messages.txt", digest=kept.digest, size=17, problem=UNKNOWN)
    assert "log-messages" in found.missing


@pytest.mark.parametrize("folder", [SAMPLES, EVERYDAY], ids=lambda folder: folder.name)
def test_our_own_labelled_mails_are_read_as_well_as_they_were_measured(folder: Path) -> None:
    result = score(folder, load_policy)

    assert macro_f1(result.by_files) >= (1.0 if folder == SAMPLES else 0.98)
    assert macro_f1(result.by_words) >= 0.95
    assert sum(result.answers["stated level"]) >= 0.99 * len(result.answers["stated level"])
    assert sum(result.answers["level exact"]) >= 0.9 * len(result.answers["level exact"])
    assert sum(result.answers["kind"]) >= 0.95 * len(result.answers["kind"])
    assert sum(result.answers["dbha"]) == len(result.answers["dbha"])


@pytest.mark.skipif(not LABELLED.exists(), reason="the shared labelled mails are not beside the repository")
def test_the_shared_labelled_mails_are_read_as_well_as_they_were_measured() -> None:
    result = score(LABELLED, load_policy)

    assert macro_f1(result.by_files) >= 0.95
    assert macro_f1(result.by_words) >= 0.95
    assert sum(result.answers["level exact"]) >= 0.95 * len(result.answers["level exact"])


@pytest.mark.parametrize(
    "text",
    [
        "Primary: Ann Lee, +44 20 555 0139\nSecondary: Bo Ek, +44 20 555 0140",
        "Call Ann Lee, +44 20 555 0139.\nIn my absence: network desk, +44 20 555 0140 (24 h)",
        "Role  Name  Phone\nPrimary  Ann Lee  +44 20 555 0139\nBack-up  Bo Ek  +44 20 555 0140",
        "Me contacter : Ann Lee, 05 55 55 01 26\nEn mon absence : astreinte, 05 55 55 01 99",
        "Ansprechpartner: Ann Lee, +49 30 555 0139\nVertretung: Bo Ek, +49 30 555 0140",
        "Contacto: Ann Lee, +34 91 555 0139\nEn mi ausencia: guardia, +34 91 555 0140",
        "Ann Lee, +44 20 555 0139.\nWhen I am on leave: Bo Ek, bo.ek@customer.example",
        "Call me on +44 20 555 0139. If you get my voice mail take Bo Ek, +44 20 555 0140.",
        "Ann Lee, Tel. +49 30 555 0139\nSollte ich nicht abnehmen: Rufbereitschaft, +49 30 555 0140",
        "Contacto: Ann Lee, +54 264 555 0139.\nSi no atiendo: mesa de ayuda, +54 264 555 0140.",
        "Ann Lee, +44 20 555 0139. If I do not answer, call Bo Ek, +44 20 555 0140, he can reach me.",
        "Call me on +44 20 555 0139. If I'm in theatre, Bo Ek can decide everything: +44 20 555 0140.",
    ],
)
def test_a_second_person_is_the_alternate_contact(text: str) -> None:
    found = assess(written(text), DUTY_MANAGER)

    assert finding(found, "contact-phone").met
    assert finding(found, "alternate-contact").met
    assert finding(found, "contact-phone").evidence != finding(found, "alternate-contact").evidence


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We have a question: how to set two gateways? This is planning for next year.", "question"),
        ("Please teach us how to use ECMP. There is no influence on the business now. Severity is 1.", "question"),
        ("> Business impact:\nnobody\n\n> messages files:\nhow can I cut them?\n\n> Time line:\nMonday", "problem"),
    ],
)
def test_a_question_is_one_that_is_the_request_itself(text: str, kind: str) -> None:
    assert assess(written(text), X_SERIES).kind == kind


def test_what_stands_below_the_heading_of_a_second_contact_is_his() -> None:
    first = "Primary contact\n  Name: Ann Lee\n  Tel: +44 20 555 0139"
    second = "Secondary contact\n  Name: Bo Ek\n  Tel: +44 20 555 0140"
    found = assess(written(f"{first}\n{second}"), DUTY_MANAGER)

    assert "0139" in str(finding(found, "contact-phone").evidence)
    assert "0140" in str(finding(found, "alternate-contact").evidence)


def test_what_stands_behind_a_level_in_its_line_is_prose() -> None:
    text = "Level: Sev-2. It began this morning at 06:05. At 08:20 we moved everything to the second chassis."
    found = assess(written(text), X_SERIES)

    assert found.level.stated == 2
    assert finding(found, "timeline").met


@pytest.mark.parametrize("answer", ["HIGH", "High!!", "very high", "2", "alta"])
def test_a_word_for_a_level_tells_no_impact(answer: str) -> None:
    assert not finding(assess(written(f"Business impact: {answer}"), X_SERIES), "business-impact").met


@pytest.mark.parametrize("policy", [X_SERIES, BLUE_COAT, DUTY_MANAGER], ids=lambda policy: policy.name)
@pytest.mark.parametrize("unit", ["A-", "A ", "A, ", "(A A ", "at A A, ", "Site: A b, ", "if I am ", "no. 12345678 "])
def test_what_is_said_thousands_of_times_is_read_to_the_end(unit: str, policy: Policy) -> None:
    """Patterns that try every way to cut such a text would never come to its end."""
    found = assess(written(f"{unit * 5000}\n\nThis is a Severity 2."), policy)

    assert found.level.stated == 2


def test_an_empty_last_line_of_a_table_is_no_answer() -> None:
    text = "Product           PacketShaper 12000\nProblem           No graphs. Shaping works.\nBusiness impact"

    assert not finding(assess(written(text), BLUE_COAT), "business-impact").met


def test_a_site_that_alone_was_asked_for_may_be_the_whole_answer() -> None:
    answer = written("Cabinet Marchetti & Associés, Lille")

    assert finding(assess(answer, BLUE_COAT, Known(owed=("site",))), "site").met
    assert not finding(assess(answer, BLUE_COAT), "site").met


def test_a_description_may_quote_a_command_and_what_it_shows() -> None:
    text = 'Detailed description: interface 1/4 of the X45 drops packets. "show interface" shows rx_err going up.'

    assert finding(assess(written(text), X_SERIES), "description").met


def test_what_stands_far_below_the_words_is_read_to_the_end() -> None:
    found = assess(a_mail(text=f"Hi{chr(10) * 50_000}Bo Ek\n+44 20 555 0139", reply="Hi"), DUTY_MANAGER)

    assert "0139" in str(finding(found, "contact-phone").evidence)


def test_one_sentence_excuses_both_files_that_it_names() -> None:
    owed = Known(owed=("tech-support", "log-messages", "routing"))
    found = assess(written("The boxes are dead, so no show tech and no logs possible!"), X_SERIES, owed)

    assert finding(found, "tech-support").met
    assert finding(found, "log-messages").met
