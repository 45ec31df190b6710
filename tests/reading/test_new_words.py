"""The words newly written, apart from quoted mail and signatures, across mail programs and languages."""

# ruff: noqa: E501  samples of mail stand as mail programs write them

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.markup import html_to_text
from mailproc.reading.signature import signed
from mailproc.reading.text import reply_of

OURS = frozenset({"support@vendor.example"})
NEW = "The second unit rebooted again at 09:14."

ATTRIBUTIONS = {
    "gmail-english": "On Tue, 3 Mar 2026 at 10:15, Vendor Support <support@vendor.example> wrote:",
    "gmail-wrapped": "On Tue, Mar 3, 2026 at 10:15 AM Vendor Support via Desk\n<support@vendor.example> wrote:",
    "apple-english": "On Mar 3, 2026, at 10:15 AM, Vendor Support <support@vendor.example> wrote:",
    "thunderbird-english": "On 03/03/2026 10:15, Vendor Support wrote:",
    "german": "Am Di., 3. März 2026 um 10:15 Uhr schrieb Vendor Support <support@vendor.example>:",
    "german-thunderbird": "Am 03.03.2026 um 10:15 schrieb Vendor Support:",
    "french": "Le mar. 3 mars 2026 à 10:15, Vendor Support <support@vendor.example> a écrit :",
    "spanish": "El mar, 3 mar 2026 a las 10:15, Vendor Support (<support@vendor.example>) escribió:",
    "portuguese": "Em ter., 3 de mar. de 2026 às 10:15, Vendor Support <support@vendor.example> escreveu:",
    "italian": "Il giorno mar 3 mar 2026 alle ore 10:15 Vendor Support <support@vendor.example> ha scritto:",
    "dutch": "Op di 3 mrt 2026 om 10:15 schreef Vendor Support <support@vendor.example>:",
    "dutch-apple": "Op 3 mrt. 2026, om 10:15 heeft Vendor Support <support@vendor.example> het volgende geschreven:",
    "polish": "wt., 3 mar 2026 o 10:15 Vendor Support <support@vendor.example> napisał(a):",
    "polish-thunderbird": "W dniu 03.03.2026 o 10:15, Vendor Support pisze:",
    "swedish": "Den tis 3 mars 2026 kl 10:15 skrev Vendor Support <support@vendor.example>:",
    "danish": "Den 3. marts 2026 kl. 10.15 skrev Vendor Support <support@vendor.example>:",
    "norwegian": "tir. 3. mars 2026 kl. 10:15 skrev Vendor Support <support@vendor.example>:",
    "russian": "вт, 3 мар. 2026 г. в 10:15, Vendor Support <support@vendor.example>:",
    "russian-yandex": '03.03.2026, 10:15, "Vendor Support" <support@vendor.example>:',
    "japanese": "2026年3月3日(火) 10:15 Vendor Support <support@vendor.example>:",
    "japanese-thunderbird": "On 2026/03/03 10:15, Vendor Support wrote:",
    "chinese": "Vendor Support <support@vendor.example> 于2026年3月3日周二 10:15写道：",
    "chinese-apple": "在 2026年3月3日，10:15，Vendor Support <support@vendor.example> 写道：",
    "korean": "2026년 3월 3일 (화) 오전 10:15, Vendor Support <support@vendor.example>님이 작성:",
    "finnish": "ti 3. maalisk. 2026 klo 10.15 Vendor Support <support@vendor.example> kirjoitti:",
    "czech": "út 3. 3. 2026 v 10:15 odesílatel Vendor Support <support@vendor.example> napsal:",
    "turkish": "Vendor Support <support@vendor.example>, 3 Mar 2026 Sal, 10:15 tarihinde şunu yazdı:",
    "hungarian": "Vendor Support <support@vendor.example> ezt írta (időpont: 2026. márc. 3., K, 10:15):",
}

HEADER_BLOCKS = {
    "english": "From: Vendor Support <support@vendor.example>\nSent: Tuesday, 3 March 2026 10:15\nTo: Ann <ann@c.example>\nSubject: Re: x",
    "english-bold": "*From:* Vendor Support [mailto:support@vendor.example]\n*Sent:* Tuesday, March 3, 2026 10:15 AM\n*To:* Ann\n*Subject:* x",
    "german": "Von: Vendor Support <support@vendor.example>\nGesendet: Dienstag, 3. März 2026 10:15\nAn: Ann\nBetreff: AW: x",
    "french": "De : Vendor Support <support@vendor.example>\nEnvoyé : mardi 3 mars 2026 10:15\nÀ : Ann\nObjet : RE: x",
    "spanish": "De: Vendor Support <support@vendor.example>\nEnviado el: martes, 3 de marzo de 2026 10:15\nPara: Ann\nAsunto: RE: x",
    "portuguese": "De: Vendor Support <support@vendor.example>\nEnviada em: terça-feira, 3 de março de 2026 10:15\nPara: Ann\nAssunto: RES: x",
    "italian": "Da: Vendor Support <support@vendor.example>\nInviato: martedì 3 marzo 2026 10:15\nA: Ann\nOggetto: R: x",
    "dutch": "Van: Vendor Support <support@vendor.example>\nVerzonden: dinsdag 3 maart 2026 10:15\nAan: Ann\nOnderwerp: RE: x",
    "polish": "Od: Vendor Support <support@vendor.example>\nWysłano: wtorek, 3 marca 2026 10:15\nDo: Ann\nTemat: RE: x",
    "swedish": "Från: Vendor Support <support@vendor.example>\nSkickat: den 3 mars 2026 10:15\nTill: Ann\nÄmne: SV: x",
    "russian": "От: Vendor Support <support@vendor.example>\nОтправлено: 3 марта 2026 г. 10:15\nКому: Ann\nТема: RE: x",
    "japanese": "差出人: Vendor Support <support@vendor.example>\n送信日時: 2026年3月3日 10:15\n宛先: Ann\n件名: RE: x",
    "chinese": "发件人: Vendor Support <support@vendor.example>\n发送时间: 2026年3月3日 10:15\n收件人: Ann\n主题: 回复: x",
    "chinese-wide-colon": "发件人：Vendor Support <support@vendor.example>\n发送时间：2026年3月3日 10:15\n收件人：Ann\n主题：回复: x",
    "korean": "보낸 사람: Vendor Support <support@vendor.example>\n보낸 날짜: 2026년 3월 3일 화요일 10:15\n받는 사람: Ann\n제목: RE: x",
    "lotus-notes": "From:\tVendor Support <support@vendor.example>\nTo:\tAnn/Customer\nDate:\t03/03/2026 10:15\nSubject:\tRe: x",
}

DEVICES = (
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent via BlackBerry from T-Mobile",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Von meinem iPhone gesendet",
    "Gesendet mit der GMX Mail App",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Wysłane z iPhone'a",
    "Skickat från min iPhone",
    "Отправлено с iPhone",
    "iPhoneから送信",
    "发自我的iPhone",
    "나의 iPhone에서 보냄",
)


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_a_quotation_below_its_attribution_is_left_out(attribution: str) -> None:
    assert reply_of(f"{NEW}\n\n{attribution}\n\n> Please send the log.\n>\n> Vendor Support\n", OURS) == NEW


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_unmarked_mail_below_an_attribution_is_left_out(attribution: str) -> None:
    assert reply_of(f"{NEW}\n\n{attribution}\n\nPlease send the log.\n\nVendor Support\n", OURS) == NEW


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS.keys())
@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n"])
def test_mail_below_a_header_block_is_left_out(block: str, rule: str) -> None:
    assert reply_of(f"{NEW}\n\n{rule}{block}\n\nPlease send the log.\n\nVendor Support\n", OURS) == NEW


@pytest.mark.parametrize("device", DEVICES)
def test_a_device_line_is_left_out(device: str) -> None:
    assert reply_of(f"{NEW}\n\n{device}\n", OURS) == NEW


def test_words_below_the_quotation_are_new() -> None:
    text = f"On 03/03/2026 10:15, Vendor Support wrote:\n> Please send the log.\n\n{NEW}"
    assert reply_of(text, OURS) == NEW


def test_answers_between_the_lines_keep_their_questions() -> None:
    text = (
        "On 03/03/2026 10:15, Vendor Support wrote:\n> Hello Ann,\n>\n> 1. Business impact\n\nNobody can log in.\n\n"
        "> 2. When did it begin?\n\nYesterday at noon.\n\n> Regards,\n> Vendor Support\n"
    )
    assert reply_of(text, OURS) == (
        "> 1. Business impact\n\nNobody can log in.\n\n> 2. When did it begin?\n\nYesterday at noon."
    )


def test_one_answer_right_below_a_question_keeps_it() -> None:
    text = "Here it is.\n\n> Dear Ann,\n>\n> Serial number:\nA-1234\n"
    assert reply_of(text, OURS) == "Here it is.\n\n> Serial number:\nA-1234"


def test_answers_on_the_places_of_our_form_are_read_from_quoted_mail() -> None:
    form = (
        "Still missing\n  1. Business impact    who is affected\n     > all 200 users\n  2. Recent upgrades\n     > \n"
    )
    block = HEADER_BLOCKS["english"]
    assert reply_of(f"See below.\n\n{block}\n\n{form}", OURS) == (
        "See below.\n\n> 1. Business impact    who is affected\nall 200 users"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Name: Ann\nEmail: ann@c.example\nStart date: 3 March 2026\n\nIt fails since then.",
        "On the second chassis we see:\n\nError 17",
        "The log says\n/var/log/messages: full\nfrom: eth0\nto: eth1",
        "Hello,\n\nfrom here all looks fine.\nTo be sure: we rebooted.\n\nThanks,\nAnn",
        "We did the following: sent the unit to the lab on 3 March 2026 and wrote: nothing.\n\nIt came back.",
        "The console says:\n\n> show version\n> X-Series 9.6\n\nIs that too old?",
        "Sent from my desk, which is quicker than my telephone.",
        "Visit us\n>>> http://a.example <<<\nBelow",
    ],
)
def test_ordinary_words_are_left_whole(text: str) -> None:
    assert reply_of(text, OURS) == text


def test_what_stands_below_the_line_of_a_ticket_system_is_left_out() -> None:
    assert reply_of(f"{NEW}\n\n##- Please type your answer above this line -##\n\nPlease send the log.") == NEW


def test_a_ticket_systems_own_mail_begins_with_the_line_to_answer_above() -> None:
    assert NEW in reply_of(f"##- Please type your answer above this line -##\n\n{NEW}")


def test_a_forwarded_mail_is_kept() -> None:
    text = f"FYI\n\n---------- Forwarded message ----------\n{HEADER_BLOCKS['english']}\n\nIt is down."
    assert reply_of(text, OURS) == text


def test_our_own_quoted_letter_is_left_out_also_where_nothing_stands_above() -> None:
    assert reply_of(f"{HEADER_BLOCKS['english']}\n\nPlease send the log.", OURS) == ""


def test_a_signature_below_its_delimiter_is_parted() -> None:
    lines = [*NEW.split("\n"), "", "-- ", "Ann Customer", "+44 20 7946 0101"]
    assert (reply_of("\n".join(lines)), signed(lines).signature) == (NEW, tuple(lines[-4:]))


def test_a_card_below_the_closing_and_the_name_is_a_signature() -> None:
    text = f"{NEW}\n\nKind regards,\nAnn Customer\nNetwork Operations\nTel: +44 20 7946 0101\n"
    assert reply_of(text) == f"{NEW}\n\nKind regards,\nAnn Customer"


def test_a_disclaimer_is_left_out() -> None:
    disclaimer = (
        "This e-mail is confidential and intended solely for the addressee. If you received it in error, please notify\n"
        "the sender and delete it. Any disclosure or copying is prohibited."
    )
    assert reply_of(f"{NEW}\n\n{disclaimer}\n") == NEW


def test_words_below_a_closing_are_kept() -> None:
    text = f"{NEW}\n\nRegards,\nAnn\n\nPS: we also swapped the cable and the fault stayed where it was."
    assert reply_of(text) == text


HTML_REPLIES = {
    "gmail": f'<div dir="ltr">{NEW}</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, Mar 3, 2026 at 10:15 AM Vendor Support &lt;<a href="mailto:support@vendor.example">support@vendor.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">Please send the log.</blockquote></div>',
    "outlook": f"<p class=MsoNormal>{NEW}</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p><b>From:</b> Vendor Support<br><b>Sent:</b> Tuesday<br></p></div><p>Please send the log.</p>",
    "outlook-web": f'<div>{NEW}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg"><b>Von:</b> Vendor</div><div>Please send the log.</div>',
    "apple": f'{NEW}<br><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 10:15, Vendor Support &lt;support@vendor.example&gt; wrote:</div><div>Please send the log.</div></blockquote></div>',
    "yahoo": f'<div>{NEW}</div><div class="yahoo_quoted"><div>On Tuesday, 3 March 2026, Vendor wrote:</div>Please send the log.</div>',
    "outlook-mobile": f'<div>{NEW}</div><div id="mail-editor-reference-message-container"><div><b>From:</b> Vendor</div>Please send the log.</div>',
    "proton": f'<div>{NEW}</div><div class="protonmail_quote">On Tuesday, Vendor wrote:<br><blockquote>Please send the log.</blockquote></div>',
}


@pytest.mark.parametrize("html", HTML_REPLIES.values(), ids=HTML_REPLIES.keys())
def test_quoted_mail_is_found_by_the_structure_of_html(html: str) -> None:
    assert reply_of(html_to_text(f"<html><body>{html}</body></html>"), OURS) == NEW


@given(st.text(alphabet="> \n:-_abOn<@.,12wrote", max_size=400))
def test_every_new_word_was_in_the_text(text: str) -> None:
    lines = {"", *(line.strip("> ") for line in text.split("\n"))}
    assert all(line.strip("> ") in lines for line in reply_of(text).split("\n"))


@pytest.mark.parametrize(
    "last",
    [
        "Ask for me: Mei Chan, +852 5550 0144, or for my colleague Thulani Dube, dube@h.example",
        "Recent changes\nnone\n\nRouting\none static default route via 10.1.1.1",
    ],
)
def test_words_that_only_hold_the_writers_name_are_no_card(last: str) -> None:
    text = f"Hello,\n\nthe proxy is slow.\n\n{last}"
    assert reply_of(text, author=frozenset({"mei", "chan", "mei@h.example"})) == text


@pytest.mark.parametrize(
    "line",
    [
        "Primary contact: Ann Lee, +44 20 555 0139, ann@acme.example",
        "If I do not answer: our NOC desk, +44 20 555 0140",
        "Ansprechpartnerin: Ann Lee, Tel. +49 30 555 0139",
        "Si no atiendo: mesa de ayuda, +54 264 555 0100",
    ],
)
def test_whom_to_reach_is_told_in_words_and_not_by_a_card(line: str) -> None:
    assert line in reply_of(f"{NEW}\n\n{line}\n\nAnn Lee")
