"""Where quoted mail begins, as mail programs of the world write it, and what devices write below."""

# ruff: noqa: E501  a table of words reads better across than down

import pytest

from mailproc.reading.text import reply_of

WORDS = "It crashed again at 10:02.\nThe log is attached."
ANSWERED = "Hello,\nplease send the log.\n\nRegards\nRavi\n"
QUOTED = "> Hello,\n> please send the log.\n>\n> Regards\n> Ravi\n"

ATTRIBUTIONS = [
    "On Mon, May 11, 2015 at 4:02 PM, Ravi <ravi@vendor.example> wrote:",
    "On 11 May 2015, at 16:02, Ravi <ravi@vendor.example> wrote:",
    'On May 11, 2015 4:02 PM, "Ravi" <ravi@vendor.example> wrote:',
    "On Mon, 11 May 2015 16:02:11 +0200\nRavi <ravi@vendor.example> wrote:",
    "On Mon, May 11, 2015 at 4:02 PM, Example Networks Technical Support Center <\nxseries-support@vendor.example> wrote:",
    "Am 11.05.2015 um 16:02 schrieb Ravi:",
    "Am Mo., 11. Mai 2015 um 16:02 Uhr schrieb Ravi <ravi@vendor.example>:",
    "Le lun. 11 mai 2015 à 16:02, Ravi <ravi@vendor.example> a écrit :",
    "Le 11/05/2015 à 16:02, Ravi a écrit :",
    "El lun., 11 may. 2015 a las 16:02, Ravi (<ravi@vendor.example>) escribió:",
    "El 11/05/2015 a las 16:02, Ravi escribió:",
    "Em seg., 11 de mai. de 2015 às 16:02, Ravi <ravi@vendor.example> escreveu:",
    "Em 11/05/2015 16:02, Ravi escreveu:",
    "Il giorno lun 11 mag 2015 alle ore 16:02 Ravi <ravi@vendor.example> ha scritto:",
    "Il 11/05/2015 16:02, Ravi ha scritto:",
    "Op ma 11 mei 2015 om 16:02 schreef Ravi <ravi@vendor.example>:",
    "W dniu pon., 11.05.2015 o 16:02 Ravi <ravi@vendor.example> napisał(a):",
    "W dniu 11.05.2015 o 16:02, Ravi pisze:",
    "Den mån 11 maj 2015 kl 16:02 skrev Ravi <ravi@vendor.example>:",
    "Den 11. maj 2015 kl. 16.02 skrev Ravi:",
    "man. 11. mai 2015 kl. 16:02 skrev Ravi <ravi@vendor.example>:",
    "ma 11. toukok. 2015 klo 16.02 Ravi (ravi@vendor.example) kirjoitti:",
    "пн, 11 мая 2015 г. в 16:02, Ravi <ravi@vendor.example>:",
    "11.05.2015 16:02, Ravi пишет:",
    "Понедельник, 11 мая 2015, 16:02 +03:00 от Ravi <ravi@vendor.example>:",
    "2015年5月11日(月) 16:02 Ravi <ravi@vendor.example>:",
    "2015/05/11 16:02、Ravi <ravi@vendor.example>のメール:",
    "2015-05-11 16:02 GMT+02:00 Ravi <ravi@vendor.example>:",
    "在 2015年5月11日，16:02，Ravi <ravi@vendor.example> 写道：",
    "于 2015年5月11日 16:02，Ravi 写道:",
    "2015년 5월 11일 (월) 오후 4:02, Ravi <ravi@vendor.example>님이 작성:",
    "11 Mayıs 2015 Pzt 16:02 tarihinde Ravi <ravi@vendor.example> şunu yazdı:",
    "po 11. 5. 2015 v 16:02 odesílatel Ravi <ravi@vendor.example> napsal:",
    "Ravi <ravi@vendor.example> ezt írta (időpont: 2015. máj. 11., H, 16:02):",
    "Στις Δευ, 11 Μαΐ 2015 στις 4:02 μ.μ., ο/η Ravi <ravi@vendor.example> έγραψε:",
    "Quoting Ravi <ravi@vendor.example>:",
    "Zitat von Ravi <ravi@vendor.example>:",
    "Ravi <ravi@vendor.example> writes:",
    "* Ravi <ravi@vendor.example> [2015-05-11 16:02]:",
    "[Ravi - Mon May 11 16:02:11 2015]:",
    "--- On Mon, 5/11/15, Ravi <ravi@vendor.example> wrote:",
    "Ravi wrote on 05/11/2015 04:02 PM:",
    "Monday, May 11, 2015, 4:02:11 PM, you wrote:",
    "On 11.05.15 16:02, Ravi wrote:",
]

HEADINGS = [
    "From: Ravi <ravi@vendor.example>\nSent: Monday, May 11, 2015 4:02 PM\nTo: Ann\nSubject: RE: X60",
    "________________________________\nFrom: Ravi <ravi@vendor.example>\nSent: Monday, May 11, 2015 4:02:11 PM\nTo: Ann\nSubject: RE: X60",
    "Von: Ravi [mailto:ravi@vendor.example]\nGesendet: Montag, 11. Mai 2015 16:02\nAn: Ann\nBetreff: AW: X60",
    "De : Ravi [mailto:ravi@vendor.example]\nEnvoyé : lundi 11 mai 2015 16:02\nÀ : Ann\nObjet : RE: X60",
    "De: Ravi <ravi@vendor.example>\nEnviado el: lunes, 11 de mayo de 2015 16:02\nPara: Ann\nAsunto: RE: X60",
    "De: Ravi <ravi@vendor.example>\nEnviada em: segunda-feira, 11 de maio de 2015 16:02\nPara: Ann\nAssunto: RE: X60",
    "Da: Ravi <ravi@vendor.example>\nInviato: lunedì 11 maggio 2015 16:02\nA: Ann\nOggetto: R: X60",
    "Van: Ravi <ravi@vendor.example>\nVerzonden: maandag 11 mei 2015 16:02\nAan: Ann\nOnderwerp: RE: X60",
    "Od: Ravi <ravi@vendor.example>\nWysłano: poniedziałek, 11 maja 2015 16:02\nDo: Ann\nTemat: RE: X60",
    "Från: Ravi <ravi@vendor.example>\nSkickat: den 11 maj 2015 16:02\nTill: Ann\nÄmne: SV: X60",
    "От: Ravi <ravi@vendor.example>\nОтправлено: 11 мая 2015 г. 16:02\nКому: Ann\nТема: RE: X60",
    "差出人: Ravi <ravi@vendor.example>\n送信日時: 2015年5月11日 16:02\n宛先: Ann\n件名: RE: X60",
    "发件人: Ravi <ravi@vendor.example>\n发送时间: 2015年5月11日 16:02\n收件人: Ann\n主题: RE: X60",
    "보낸 사람: Ravi <ravi@vendor.example>\n보낸 날짜: 2015년 5월 11일 월요일 오후 4:02\n받는 사람: Ann\n제목: RE: X60",
    "-----Original Message-----\nFrom: Ravi\nSent: 11 May 2015 16:02\nTo: Ann\nSubject: RE: X60",
    "-----Ursprüngliche Nachricht-----\nVon: Ravi\nGesendet: Montag, 11. Mai 2015 16:02",
    "-------- Original message --------\nFrom: Ravi <ravi@vendor.example>\nDate: 11/05/2015 16:02 (GMT+01:00)\nTo: Ann\nSubject: Re: X60",
    "-------- Ursprüngliche Nachricht --------\nVon: Ravi <ravi@vendor.example>\nDatum: 11.05.15 16:02 (GMT+01:00)\nAn: Ann\nBetreff: Re: X60",
    "*From:* Ravi <ravi@vendor.example>\n*Sent:* Monday, May 11, 2015 4:02 PM\n*To:* Ann\n*Subject:* RE: X60",
    "From: Ravi\nTo: Ann,\nDate: 05/11/2015 04:02 PM\nSubject: Re: X60",
    "Ravi ---05/11/2015 04:02:11 PM---Hello, please send the log.\n\nFrom: Ravi <ravi@vendor.example>\nTo: Ann\nDate: 05/11/2015 04:02 PM\nSubject: Re: X60",
    "---- On Mon, 11 May 2015 16:02:11 +0200 Ravi <ravi@vendor.example> wrote ----",
    '------------------ Original ------------------\nFrom: "Ravi"<ravi@vendor.example>;\nDate: Mon, May 11, 2015 04:02 PM\nTo: "Ann"<ann@acme.example>;\nSubject: Re: X60',
    '------------------ 原始邮件 ------------------\n发件人: "Ravi";<ravi@vendor.example>;\n发送时间: 2015年5月11日(星期一) 下午4:02\n收件人: "Ann"<ann@acme.example>;\n主题: Re: X60',
    "On Mon, May 11, 2015 at 4:02 PM, Ravi <ravi@vendor.example> wrote:",
    "Reply above this line\n-----\nRavi commented:",
    "##- Please type your reply above this line -##",
]

DEVICES = [
    "\n\nSent from my iPhone",
    "\n\nVon meinem iPad gesendet",
    "\n\nEnviado desde mi iPhone",
    "\n\nGet Outlook for iOS<https://aka.ms/o0ukef>",
    "\n\nEnvoyé de mon iPhone",
    "\n\nSent from Samsung Mobile",
    "\n\n-- \nAnn Lee\nAcme",
    "\n\nGesendet mit der GMX Mail App",
    "\n\nSent from Yahoo Mail on Android",
    "\n\nInviato da iPhone",
    "\n\nVerzonden vanaf mijn iPhone",
    "\n\nОтправлено с iPhone",
    "\n\niPhoneから送信",
    "\n\n发自我的 iPhone",
    "\n\nSkickat från min iPhone",
    "\n\nWysłane z iPhone'a",
    "\n\nObter o Outlook para Android",
    "\n\nOutlook für iOS herunterladen",
    "\n\nSent from Mail for Windows 10",
    "\n\nSent via BlackBerry by AT&T",
    "\n\nSent from Proton Mail Android",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("apart", ["\n\n", "\n"])
def test_quoted_lines_below_an_attribution_are_not_new(attribution: str, apart: str) -> None:
    assert reply_of(f"{WORDS}{apart}{attribution}{apart}{QUOTED}") == WORDS


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_mail_below_its_headers_is_not_new(heading: str) -> None:
    assert reply_of(f"{WORDS}\n\n{heading}\n\n{ANSWERED}") == WORDS


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("below", ["\n", f"\n\n{ATTRIBUTIONS[0]}\n\n{QUOTED}"])
def test_what_a_device_writes_below_is_not_new(device: str, below: str) -> None:
    assert reply_of(f"{WORDS}{device}{below}") == WORDS


@pytest.mark.parametrize(
    "words",
    [
        "On Monday we saw:\n\n  APM 4 down\n\nand on Tuesday the same.",
        "From: slot 3\nTo: slot 5\nI moved the module, no change.",
        "We quote the console:\n\n> show chassis\n> all up\n\nIs that right?",
        "-- this is the second attempt --\nIt still fails.",
        "Please reply above the table in your mail.",
        "He wrote on 11 May that it is fixed, which it is not.",
        "Original\n--------\nfirst value 3, now 4.",
        "[2015-05-11 16:02:11]: link down\n[2015-05-11 16:03:40]: link up",
    ],
)
def test_words_that_look_a_little_like_a_quotation_are_kept(words: str) -> None:
    assert reply_of(words) == words
