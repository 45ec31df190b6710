"""How mail programs of many makers and languages quote, sign and forward: each as it writes, on invented mail."""

# ruff: noqa: E501  tables of lines as they are written

import pytest

from mailproc.reading.text import Said, Voices, passed_on, reply_of, said_in

WORDS = "The second unit came back by itself.\n\nShall we open the box?"
AUTHOR = frozenset({"ann", "lindqvist", "ann@customer.example"})
FROM = "Vendor Support <support@vendor.example>"

GMAIL = {
    "en": f"On Tue, Mar 3, 2026 at 10:15 AM {FROM} wrote:",
    "en-narrow-space": f"On Tue, Mar 3, 2026 at 10:15\u202fAM {FROM} wrote:",
    "en-gb": f"On Tue, 3 Mar 2026 at 10:15, {FROM} wrote:",
    "de": f"Am Di., 3. März 2026 um 10:15 Uhr schrieb {FROM}:",
    "fr": f"Le mar. 3 mars 2026 à 10:15, {FROM} a écrit :",
    "es": "El mar, 3 mar 2026 a las 10:15, Vendor Support (<support@vendor.example>) escribió:",
    "pt-br": f"Em ter., 3 de mar. de 2026 às 10:15, {FROM} escreveu:",
    "pt": f"{FROM} escreveu (terça, 3/03/2026 à(s) 10:15):",
    "it": f"Il giorno mar 3 mar 2026 alle ore 10:15 {FROM} ha scritto:",
    "nl": f"Op di 3 mrt 2026 om 10:15 schreef {FROM}:",
    "pl": f"wt., 3 mar 2026 o 10:15 {FROM} napisał(a):",
    "sv": f"Den tis 3 mars 2026 kl 10:15 skrev {FROM}:",
    "da": f"Den tirs. 3. mar. 2026 kl. 10.15 skrev {FROM}:",
    "nb": f"tir. 3. mars 2026 kl. 10:15 skrev {FROM}:",
    "fi": "ti 3. maalisk. 2026 klo 10.15 Vendor Support (support@vendor.example) kirjoitti:",
    "cs": f"út 3. 3. 2026 v 10:15 odesílatel {FROM} napsal:",
    "sk": f"ut 3. 3. 2026 o 10:15 {FROM} napísal(a):",
    "hu": f"{FROM} ezt írta (időpont: 2026. márc. 3., K, 10:15):",
    "ro": f"În mar., 3 mar. 2026 la 10:15, {FROM} a scris:",
    "hr": f"uto, 3. ožu 2026. u 10:15 {FROM} napisao je:",
    "sl": f"V V tor., 3. mar. 2026 ob 10:15 je oseba {FROM} napisala:",
    "bg": f"На вт, 3.03.2026 г. в 10:15 {FROM} написа:",
    "el": f"Στις Τρί 3 Μαρ 2026 στις 10:15 π.μ., ο/η {FROM} έγραψε:",
    "tr": f"{FROM}, 3 Mar 2026 Sal, 10:15 tarihinde şunu yazdı:",
    "ru": f"вт, 3 мар. 2026 г. в 10:15, {FROM}:",
    "uk": f"вт, 3 бер. 2026 р. о 10:15 {FROM} пише:",
    "ja": f"2026年3月3日(火) 10:15 {FROM}:",
    "zh-cn": f"{FROM} 于2026年3月3日周二 10:15写道：",
    "zh-tw": f"{FROM} 於 2026年3月3日 週二 上午10:15寫道：",
    "ko": f"2026년 3월 3일 (화) 오전 10:15, {FROM}님이 작성:",
    "he": "\u202bבתאריך יום ג׳, 3 במרץ 2026 ב-10:15 מאת \u202aVendor Support\u202c\u200f <\u202asupport@vendor.example\u202c\u200f>:\u202c",
    "ar": f"في الثلاثاء، 3 مارس 2026 في 10:15 ص تمت كتابة ما يلي بواسطة {FROM}:",
    "fa": f"در تاریخ سه\u200cشنبه ۳ مارس ۲۰۲۶،\u200f ۱۰:۱۵ {FROM} نوشت:",
    "th": f"ในวันที่ อ. 3 มี.ค. 2026 เวลา 10:15 {FROM} เขียนว่า:",
    "vi": f"Vào Th 3, 3 thg 3, 2026 vào lúc 10:15 {FROM} đã viết:",
    "id": f"Pada tanggal Sel, 3 Mar 2026 pukul 10.15 {FROM} menulis:",
    "ca": f"Missatge de {FROM} del dia dt., 3 de març 2026 a les 10:15:",
    "et": f"Kontakt {FROM} kirjutas kuupäeval T, 3. märts 2026 kell 10:15:",
    "lt": f"2026-03-03, an, 10:15 {FROM} rašė:",
    "lv": f"otrd., 2026. g. 3. marts, plkst. 10:15 — lietotājs {FROM} rakstīja:",
    "is": f"Þann þri., 3. mar. 2026 kl. 10:15 skrifaði {FROM}:",
}

APPLE = {
    "en": f"On 3 Mar 2026, at 10:15, {FROM} wrote:",
    "de": f"Am 03.03.2026 um 10:15 schrieb {FROM}:",
    "fr": f"Le 3 mars 2026 à 10:15, {FROM} a écrit :",
    "es": f"El 3 mar 2026, a las 10:15, {FROM} escribió:",
    "it": f"Il giorno 3 mar 2026, alle ore 10:15, {FROM} ha scritto:",
    "pt": f"No dia 03/03/2026, às 10:15, {FROM} escreveu:",
    "nl": f"Op 3 mrt 2026, om 10:15 heeft {FROM} het volgende geschreven:",
    "sv": f"3 mars 2026 kl. 10:15 skrev {FROM}:",
    "da": f"Den 3. mar. 2026 kl. 10.15 skrev {FROM}:",
    "fi": f"{FROM} kirjoitti 3.3.2026 kello 10.15:",
    "pl": f"Wiadomość napisana przez {FROM} w dniu 3 mar 2026, o godz. 10:15:",
    "ru": f"3 марта 2026 г., в 10:15, {FROM} написал(а):",
    "ja": f"2026/03/03 10:15、{FROM}のメール:",
    "zh": f"2026年3月3日 10:15，{FROM} 写道：",
    "ko": f"2026. 3. 3. 오전 10:15, {FROM} 작성:",
    "tr": f"{FROM} şunları yazdı (3 Mar 2026 10:15):",
    "cs": f"3. 3. 2026 v 10:15, {FROM}:",
    "hu": f"2026. márc. 3. dátummal, 10:15 időpontban {FROM} írta:",
}

OTHERS = {
    "thunderbird-en": "On 03/03/2026 10:15, Vendor Support wrote:",
    "thunderbird-de": "Am 03.03.26 um 10:15 schrieb Vendor Support:",
    "thunderbird-fr": "Le 03/03/2026 à 10:15, Vendor Support a écrit :",
    "thunderbird-es": "El 03/03/2026 a las 10:15, Vendor Support escribió:",
    "thunderbird-it": "Il 03/03/2026 10:15, Vendor Support ha scritto:",
    "thunderbird-pt": "Em 03/03/2026 10:15, Vendor Support escreveu:",
    "thunderbird-nl": "Op 03-03-2026 om 10:15 schreef Vendor Support:",
    "thunderbird-pl": "W dniu 03.03.2026 o 10:15, Vendor Support pisze:",
    "thunderbird-ru": "03.03.2026 10:15, Vendor Support пишет:",
    "thunderbird-ja": "On 2026/03/03 10:15, Vendor Support wrote:",
    "thunderbird-fi": "Vendor Support kirjoitti 3.3.2026 klo 10.15:",
    "thunderbird-hu": "2026. 03. 03. 10:15 keltezéssel, Vendor Support írta:",
    "evolution": "On Tue, 2026-03-03 at 10:15 +0000, Vendor Support wrote:",
    "evolution-de": "Am Dienstag, dem 03.03.2026 um 10:15 +0100 schrieb Vendor Support:",
    "kmail": "On Tuesday, 3 March 2026 10:15:12 CET Vendor Support wrote:",
    "mutt": "On Tue, Mar 03, 2026 at 10:15:12AM +0000, Vendor Support wrote:",
    "pine": "On Tue, 3 Mar 2026, Vendor Support wrote:",
    "emacs": f"{FROM} writes:",
    "claws": f"On Tue, 3 Mar 2026 10:15:12 +0000\n{FROM} wrote:",
    "the-bat": "Вы писали 3 марта 2026 г., 10:15:12:",
    "the-bat-en": "Tuesday, March 3, 2026, 10:15:12 AM, you wrote:",
    "mail.ru": f"Вторник,  3 марта 2026, 10:15 +03:00 от {FROM}:",
    "yandex": '03.03.2026, 10:15, "Vendor Support" <support@vendor.example>:',
    "horde": f"Quoting {FROM}:",
    "horde-de": f"Zitat von {FROM}:",
    "horde-fr": f"{FROM} a écrit :",
    "roundcube": "On 2026-03-03 10:15, Vendor Support wrote:",
    "roundcube-de": "Am 2026-03-03 10:15, schrieb Vendor Support:",
    "roundcube-es": "El 03-03-2026 10:15, Vendor Support escribió:",
    "squirrelmail": "> On Tue, March 3, 2026 10:15 am, Vendor Support wrote:",
    "k9": "Am 3. März 2026 10:15:07 MEZ schrieb Vendor Support <support@vendor.example>:",
    "fastmail": "On Tue, Mar 3, 2026, at 10:15 AM, Vendor Support wrote:",
    "proton": f"On Tuesday, March 3rd, 2026 at 10:15 AM, {FROM} wrote:",
    "proton-de": f"Am Dienstag, 3. März 2026 um 10:15 schrieb {FROM}:",
    "hey": "On March 3, 2026, Vendor Support <support@vendor.example> wrote:",
    "netease": '在 2026-03-03 10:15:07，"Vendor Support" <support@vendor.example> 写道：',
    "orange": '> Message du 03/03/26 10:15\n> De : "Vendor Support" <support@vendor.example>\n> A : ann@customer.example\n> Copie à : \n> Objet : [SR 2-000000042] Unit',
    "libero": f"Il 3 marzo 2026 alle 10.15 {FROM} ha scritto:",
    "wp.pl": f"Dnia 3 marca 2026 10:15 {FROM} napisał(a):",
    "o2.pl": "Dnia 3 marca 2026 10:15 Vendor Support napisał(a):",
    "two-lines": "On Tue, Mar 3, 2026 at 10:15 AM Vendor Support <\nsupport@vendor.example> wrote:",
    "four-lines": "On Tue, Mar 3, 2026 at 10:15 AM\nVendor Support\n<support@vendor.example>\nwrote:",
}
QUOTED = "> Please send the log.\n>\n> Kind regards,\n> Vendor Support"
ATTRIBUTIONS = {
    **{f"gmail-{language}": line for language, line in GMAIL.items()},
    **{f"apple-{language}": line for language, line in APPLE.items()},
    **OTHERS,
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_an_attribution_and_the_lines_below_it_are_not_new(attribution: str) -> None:
    assert reply_of(f"{WORDS}\n\n{attribution}\n\n{QUOTED}\n") == WORDS


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_words_below_the_quotation_are_new(attribution: str) -> None:
    assert reply_of(f"{attribution}\n{QUOTED}\n\n{WORDS}\n") == WORDS


OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject", "Tuesday, March 3, 2026 10:15 AM"),
    "de": ("Von", "Gesendet", "An", "Betreff", "Dienstag, 3. März 2026 10:15"),
    "fr": ("De ", "Envoyé ", "À ", "Objet ", "mardi 3 mars 2026 10:15"),
    "es": ("De", "Enviado el", "Para", "Asunto", "martes, 3 de marzo de 2026 10:15"),
    "pt-br": ("De", "Enviada em", "Para", "Assunto", "terça-feira, 3 de março de 2026 10:15"),
    "pt": ("De", "Enviado", "Para", "Assunto", "3 de março de 2026 10:15"),
    "it": ("Da", "Inviato", "A", "Oggetto", "martedì 3 marzo 2026 10:15"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp", "dinsdag 3 maart 2026 10:15"),
    "pl": ("Od", "Wysłano", "Do", "Temat", "wtorek, 3 marca 2026 10:15"),
    "sv": ("Från", "Skickat", "Till", "Ämne", "den 3 mars 2026 10:15"),
    "da": ("Fra", "Sendt", "Til", "Emne", "3. marts 2026 10:15"),
    "nb": ("Fra", "Sendt", "Til", "Emne", "tirsdag 3. mars 2026 10:15"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe", "tiistai 3. maaliskuuta 2026 10.15"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět", "úterý 3. března 2026 10:15"),
    "sk": ("Od", "Odoslané", "Komu", "Predmet", "utorok 3. marca 2026 10:15"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy", "2026. március 3., kedd 10:15"),
    "ro": ("De la", "Trimis", "Către", "Subiect", "marți, 3 martie 2026 10:15"),
    "hr": ("Šalje", "Poslano", "Prima", "Predmet", "3. ožujka 2026. 10:15"),
    "sl": ("Od", "Poslano", "Za", "Zadeva", "torek, 3. marec 2026 10:15"),
    "bg": ("От", "Изпратено", "До", "Относно", "вторник, 3 март 2026 г. 10:15"),
    "el": ("Από", "Στάλθηκε", "Προς", "Θέμα", "Τρίτη, 3 Μαρτίου 2026 10:15"),
    "tr": ("Kimden", "Gönderildi", "Kime", "Konu", "3 Mart 2026 Salı 10:15"),
    "ru": ("От", "Отправлено", "Кому", "Тема", "3 марта 2026 г. 10:15"),
    "uk": ("Від", "Надіслано", "Кому", "Тема", "3 березня 2026 р. 10:15"),
    "ja": ("差出人", "送信日時", "宛先", "件名", "2026年3月3日 10:15"),
    "zh-cn": ("发件人", "发送时间", "收件人", "主题", "2026年3月3日 10:15"),
    "zh-tw": ("寄件者", "寄件日期", "收件者", "主旨", "2026年3月3日 上午 10:15"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목", "2026년 3월 3일 화요일 오전 10:15"),
    "he": ("מאת", "נשלח", "אל", "נושא", "יום שלישי 03 מרץ 2026 10:15"),
    "ar": ("من", "تم الإرسال", "إلى", "الموضوع", "03/مارس/2026 10:15"),
    "th": ("จาก", "ส่ง", "ถึง", "เรื่อง", "3 มีนาคม 2569 10:15"),
    "vi": ("Từ", "Đã gửi", "Đến", "Chủ đề", "03 Tháng Ba 2026 10:15"),
    "id": ("Dari", "Dikirim", "Kepada", "Perihal", "03 Maret 2026 10:15"),
    "ca": ("De", "Enviat", "Per a", "Assumpte", "dimarts, 3 de març 2026 10:15"),
    "et": ("Saatja", "Saadetud", "Saaja", "Teema", "3. märts 2026 10:15"),
    "lt": ("Nuo", "Išsiųsta", "Kam", "Tema", "2026 m. kovo 3 d. 10:15"),
    "lv": ("No", "Nosūtīts", "Kam", "Temats", "otrdiena, 2026. gada 3. marts 10:15"),
}
HEADERS = {
    language: f"{sender}: {FROM}\n{sent}: {moment}\n{to}: Ann Lindqvist <ann@customer.example>\n{subject}: RE: [SR 2-000000042] Unit"
    for language, (sender, sent, to, subject, moment) in OUTLOOK.items()
}


HEADERS["cs-seznam"] = (
    "---------- Původní e-mail ----------\nOd: Vendor Support <support@vendor.example>\nKomu: ann@customer.example\n"
    "Datum: 3. 3. 2026 10:15:07\nPředmět: [SR 2-000000042] Unit"
)


@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n"])
@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_the_headers_of_an_answered_mail_and_what_stands_below_are_not_new(headers: str, rule: str) -> None:
    assert reply_of(f"{WORDS}\n\n{rule}{headers}\n\nPlease send the log.\n\nVendor Support\n") == WORDS


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_headers_without_addresses_are_believed_by_their_date(headers: str) -> None:
    nameless = headers.replace(" <support@vendor.example>", "").replace(" <ann@customer.example>", "")
    assert reply_of(f"{WORDS}\n\n{nameless}\n\nPlease send the log.\n") == WORDS


FURTHER_HEADINGS = {
    "groupwise": ">>> V <s@v.example> 3/3/2026 10:15 AM >>>",
    "groupwise-de": ">>> V <s@v.example> 03.03.2026 10:15 >>>",
    "inotes": "-----V/Vendor wrote: -----\n\nTo: ann@c.example\nFrom: V/Vendor\nDate: 03/03/2026 10:15AM\nSubject: x",
    "inotes-de": '-----"V" <s@v.example> schrieb: -----\nAn: ann@c.example\nVon: "V" <s@v.example>\nDatum: 03.03.2026 10:15\nBetreff: x',
    "inotes-fr": '-----"V" <s@v.example> a écrit : -----\nA : ann@c.example\nDe : "V" <s@v.example>\nDate : 03/03/2026 10:15\nObjet : x',
    "blackberry": "  Original Message  \nFrom: V\nSent: Tuesday, March 3, 2026 10:15\nTo: Ann\nSubject: x",
    "bb-de": "  Originalnachricht  \nVon: V\nGesendet: Dienstag, 3. März 2026 10:15\nAn: Ann\nBetreff: x",
    "notes": "From:\tV <s@v.example>\nTo:\tann@c.example, \nCc:\t\nDate:\t03.03.2026 10:15\nSubject:\tx",
    "notes-de": "Von:\tV/Vendor\nAn:\tAnn Lee/Acme@ACME\nKopie:\tBen/Acme@ACME\nDatum:\t03.03.2026 10:15\nBetreff:\tx\n\n\n",
    "notes-fr": "De :\tV <s@v.example>\nA :\tann@c.example\nDate :\t03/03/2026 10:15\nObjet :\tx",
    "notes-it": "Da:\tV <s@v.example>\nPer:\tann@c.example\nData:\t03/03/2026 10:15\nOggetto:\tx",
    "notes-old": "V <s@v.example>\n03.03.2026 10:15\n\n        An:     ann@c.example\n        Kopie: \n        Thema:  x",
    "notes-old-en": 'V <s@v.example>\n03/03/2026 10:15 AM\n\nTo\n"ann@c.example" <ann@c.example>\ncc\n\nSubject\nx',
    "aol": "-----Original Message-----\nFrom: V <s@v.example>\nTo: ann@c.example\nSent: Tue, Mar 3, 2026 10:15 am\nSubject: x",
    "naver": '-----Original Message-----\nFrom: "V"<s@v.example>\nTo: <ann@c.example>;\nCc:\nSent: 2026-03-03 (화) 10:15:07 (GMT+09:00)\nSubject: x',
    "t-online": '-----Original-Nachricht-----\nBetreff: x\nDatum: 2026-03-03T10:15:07+0100\nVon: "V" <s@v.example>\nAn: "ann@c.example" <ann@c.example>',
    "zimbra-fr": '----- Mail original -----\nDe: "V" <s@v.example>\nÀ: "ann" <ann@c.example>\nEnvoyé: Mardi 3 Mars 2026 10:15:33\nObjet: x',
    "sfr": '========================================\nMessage du : 03/03/2026 10:15\nDe : "V" <s@v.example>\nA : ann@c.example\nCopie à : \nSujet : x',
    "libero": "----Messaggio originale----\nDa: s@v.example\nData: 03/03/2026 10.15\nA: <ann@c.example>\nOgg: x",
    "uol": "De: V <s@v.example>\nEnviada: Terça-feira, 3 de Março de 2026 10:15\nPara: ann@c.example\nAssunto: x",
    "interia": 'Od: "V" <s@v.example>\nDo: ann@c.example;\nWysłane: 10:15 Wtorek 2026-03-03\nTemat: x',
    "rediff": "From: V <s@v.example>\nSent: Tue, 03 Mar 2026 10:15:07\nTo: ann@c.example\nSubject: x",
    "hotmail": "From: s@v.example\nTo: ann@c.example\nSubject: x\nDate: Tue, 3 Mar 2026 10:15:07 +0000",
    "hotmail2": "Date: Tue, 3 Mar 2026 10:15:07 +0000\nFrom: s@v.example\nTo: ann@c.example\nSubject: x",
    "yahoo-jp": "----- Original Message -----\nFrom: V <s@v.example>\nTo: ann@c.example\nDate: 2026/3/3, Tue 10:15\nSubject: x",
    "outlook-on-behalf": "From: V [mailto:s@v.example] On Behalf Of W\nSent: Tuesday, March 3, 2026 10:15\nTo: Ann\nCc: Ben; Eva;\n    Max; Tom\nSubject: x\nImportance: High",
    "outlook-bold": "*Von:* V <s@v.example>\n*Gesendet:* Dienstag, 3. März 2026 10:15\n*An:* Ann\n*Cc:* Ben\n*Betreff:* x",
    "outlook-spaced": "From: V <s@v.example>\n\nSent: Tuesday, March 3, 2026 10:15\n\nTo: Ann\n\nSubject: x",
    "proton-old": "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Tuesday, March 3rd, 2026 at 10:15 AM, V <s@v.example> wrote:",
    "proton-sent": "Sent with Proton Mail secure email.\n\n------- Original Message -------\nOn Tuesday, March 3rd, 2026 at 10:15 AM, V <s@v.example> wrote:",
    "yahoo-en": "    On Tuesday, March 3, 2026 at 10:15:07 AM GMT+1, V <s@v.example> wrote:  ",
    "yahoo-fr": "    Le mardi 3 mars 2026 à 10:15:07 UTC+1, V <s@v.example> a écrit :  ",
    "yahoo-es": "    El martes, 3 de marzo de 2026, 10:15:07 CET, V <s@v.example> escribió:  ",
    "yahoo-it": "    Il martedì 3 marzo 2026 alle ore 10:15:07 CET, V <s@v.example> ha scritto:  ",
    "yahoo-pt": "    Em terça-feira, 3 de março de 2026 10:15:07 BRT, V <s@v.example> escreveu:  ",
    "huawei": "-------- Original Message --------\nSubject: x\nFrom: V \nTo: ann@c.example\nCC: ",
    "samsung-fr": "-------- Message d'origine --------\nDe : V <s@v.example> \nDate : 03/03/2026 10:15 (GMT+01:00) \nÀ : ann \nObjet : x",
    "samsung-ko": "-------- 원본 이메일 --------\n발신: V <s@v.example> \n날짜: 26/3/3 10:15 (GMT+09:00) \n받은 사람: ann \n제목: x",
    "samsung-pl": "-------- Oryginalna wiadomość --------\nOd: V <s@v.example>\nData: 03.03.2026 10:15 (GMT+01:00)\nDo: ann\nTemat: x",
    "sina": '----- 原始邮件 -----\n发件人：V <s@v.example>\n收件人："ann" <ann@c.example>\n主题：x\n日期：2026年03月03日 10点15分',
    "zendesk": "##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein. -##",
    "mailbird": "On 03-03-2026 10:15:07, V <s@v.example> wrote:",
    "emclient": '------ Original Message ------\nFrom: "V" <s@v.example>\nTo: "Ann" <ann@c.example>\nSent: 03/03/2026 10:15:07\nSubject: x',
    "emclient-de": '------ Originalnachricht ------\nVon "V" <s@v.example>\nAn "Ann" <ann@c.example>\nDatum 03.03.2026 10:15:07\nBetreff x',
    "office-ja": "-----Original Message-----\nFrom: V [mailto:s@v.example] \nSent: Tuesday, March 3, 2026 10:15 AM\nTo: 山田\nSubject: x",
}
FURTHER_ATTRIBUTIONS = {
    "gnus": '>>>>> "V" == V <s@v.example> writes:',
    "onet": "W dniu 2026-03-03 10:15:07 użytkownik V <s@v.example> napisał:",
    "freemail": "V <s@v.example> írta:",
    "ukrnet": '3 березня 2026, 10:15:07, від "V" <s@v.example>:',
    "tb-it": "Il giorno mar 3 mar 2026 alle 10:15 V ha scritto:",
    "claws-de": "Am Tue, 3 Mar 2026 10:15:07 +0100\nschrieb V <s@v.example>:",
    "sylpheed": "On Tue, 3 Mar 2026 10:15:07 +0900\nV <s@v.example> wrote:",
    "becky-ja": "V さんは書きました:",
    "simple": "V wrote:",
    "simple-de": "V schrieb:",
    "simple-fr": "V a écrit :",
    "zitat": "Zitat von V <s@v.example>:",
    "mutt-de": "* V [2026-03-03 10:15]:",
    "mutt-de2": "V schrieb am 03.03.26 um 10:15:",
    "nl": "V schreef op 3-3-2026 om 10:15:",
    "kmail-de": "Am Dienstag, 3. März 2026, 10:15:07 CET schrieb V:",
    "news": "In article <1@v.example>, V wrote:",
    "dot": "Dňa 3. 3. 2026 o 10:15 V napísal(a):",
    "hr": "Dana 3. ožujka 2026. u 10:15 V je napisao/la:",
    "fi": "3.3.2026 klo 10.15, V kirjoitti:",
    "eu": "V-k hau idatzi du (2026 mar. 3, ar. (10:15)):",
    "gl": "O mar., 3 mar. 2026 ás 10:15, V (<s@v.example>) escribiu:",
    "sr": "уто, 3. мар 2026. у 10:15 V <s@v.example> је написао/ла:",
    "hi": "मंगल, 3 मार्च 2026 को 10:15 am बजे को V <s@v.example> ने लिखा:",
    "bn": "মঙ্গল, ৩ মার্চ, ২০২৬ তারিখে ১০:১৫ AM টায় এ V <s@v.example> লিখেছেন:",
    "ms": "Pada Sel, 3 Mac 2026 pada 10:15 PG V <s@v.example> telah menulis:",
    "tl": "Noong Mar, Mar 3, 2026 nang 10:15 AM, sinulat ni V <s@v.example> ang:",
    "sw": "Mnamo Jumanne, 3 Machi 2026 saa 10:15, V <s@v.example> aliandika:",
}


@pytest.mark.parametrize("heading", FURTHER_HEADINGS.values(), ids=FURTHER_HEADINGS.keys())
def test_unmarked_mail_below_its_heading_is_not_new(heading: str) -> None:
    assert reply_of(f"{WORDS}\n\n{heading}\n\nPlease send the log.\n\nVendor Support\n") == WORDS


@pytest.mark.parametrize("attribution", FURTHER_ATTRIBUTIONS.values(), ids=FURTHER_ATTRIBUTIONS.keys())
def test_marked_mail_below_its_attribution_is_not_new(attribution: str) -> None:
    assert reply_of(f"{WORDS}\n\n{attribution}\n{QUOTED}\n") == WORDS


FORWARDINGS = {
    "gmail": "---------- Forwarded message ---------",
    "gmail-de": "---------- Forwarded message ---------",
    "gmail-fr": "---------- Message transféré ---------",
    "gmail-fr-2": "---------- Forwarded message ---------",
    "gmail-es": "---------- Mensaje reenviado ----------",
    "gmail-tr": "---------- Yönlendirilmiş mesaj ----------",
    "thunderbird": "-------- Forwarded Message --------",
    "thunderbird-de": "-------- Weitergeleitete Nachricht --------",
    "thunderbird-fr": "-------- Message transféré --------",
    "thunderbird-ru": "-------- Перенаправленное сообщение --------",
    "apple": "Begin forwarded message:",
    "apple-de": "Anfang der weitergeleiteten Nachricht:",
    "apple-fr": "Début du message réexpédié :",
    "apple-it": "Inizio messaggio inoltrato:",
    "apple-sv": "Vidarebefordrat brev:",
    "apple-pl": "Początek przekazywanej wiadomości:",
    "apple-ja": "転送されたメッセージ:",
    "yahoo": "----- Forwarded Message -----",
    "zimbra-pt": "----- Mensagem encaminhada -----",
}


@pytest.mark.parametrize("heading", FORWARDINGS.values(), ids=FORWARDINGS.keys())
def test_a_comment_is_what_the_writer_says_of_the_mail_that_he_passes_on(heading: str) -> None:
    below = f"{heading}\n{HEADERS['en']}\n\nThe fan is loud.\n\nMaria"
    assert passed_on(f"{WORDS}\n\n{below}", Voices()) == Said(WORDS, below)
    assert said_in(f"{WORDS}\n\n{below}", Voices()) == Said(WORDS, below)


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_a_mail_passed_on_without_words_of_passing_on_begins_at_its_headers(headers: str) -> None:
    assert passed_on(f"{WORDS}\n\n{headers}\n\nThe fan is loud.", Voices()) == Said(
        WORDS, f"{headers}\n\nThe fan is loud."
    )


@pytest.mark.parametrize("comment", ["", "FYI", "See below, thanks", "Zur Info", "请看下面"])
def test_a_mail_passed_on_with_hardly_a_word_speaks_for_the_writer(comment: str) -> None:
    text = f"{comment}\n\n{FORWARDINGS['gmail']}\n{HEADERS['en']}\n\nThe fan is loud.".strip()
    assert passed_on(text, Voices()) == Said(text)


CLOSINGS = {
    "en": "Kind regards,\nAnn",
    "en-whole-name": "Best,\nAnn Lindqvist",
    "de": "Mit freundlichen Grüßen\nAnn Lindqvist",
    "de-place": "Viele Grüße aus Köln\nAnn",
    "fr": "Bien cordialement,\nAnn",
    "es": "Un saludo,\nAnn",
    "pt": "Atenciosamente,\nAnn",
    "it": "Cordiali saluti\nAnn",
    "nl": "Met vriendelijke groet,\n\nAnn Lindqvist",
    "pl": "Z poważaniem\nAnn Lindqvist",
    "sv": "Med vänlig hälsning\nAnn",
    "da": "Venlig hilsen\nAnn",
    "fi": "Ystävällisin terveisin\nAnn",
    "cs": "S pozdravem\nAnn",
    "hu": "Üdvözlettel:\nAnn",
    "ru": "С уважением,\nAnn",
    "ja": "以上、よろしくお願いいたします。\n\nAnn",
    "unknown": "Sköt om dig,\nAnn",
    "name-alone": "Ann",
    "thanks": "Thanks!\nAnn",
}
CARDS = {
    "corporate": "Ann Lindqvist\nNetwork Manager | Customer Schools Trust\nLinden Road, Oakridge OX9 4TT\nT: 01632 960 118 | M: 07700 900 214\nwww.customer.example",
    "spaced": "Ann Lindqvist\n\nSystems Analyst\n\nCustomer (Pty) Ltd\n\nTel: +27 53 555 0160 | Cell: +27 82 555 0161",
    "german": "Ann Lindqvist\nLeiterin IT\n\nCustomer GmbH & Co. KG\nHauptstr. 5\n50667 Köln\nTel. +49 221 5550100\nann@customer.example",
    "capitals": "ANN LINDQVIST\nDirección de Sistemas\nCustomer S.A.\nTel.: +34 91 555 01 00",
    "address-only": "Ann Lindqvist, CISSP\nCustomer Inc.\nann@customer.example",
    "bars": "Ann Lindqvist | IT Operations | Customer plc | +44 20 7946 0101",
    "french": "Ann LINDQVIST\nResponsable informatique\n1 place de la Liberté – 31470 Saint-Lys\nTél. : 05 61 00 55 10",
    "delimited": "-- \nAnn Lindqvist\nCustomer Inc.\n+44 20 7946 0101",
    "dashes": "--\nAnn Lindqvist\n+44 20 7946 0101",
}
DISCLAIMERS = {
    "none": "",
    "en": "\n\nThis email and any files transmitted with it are confidential and intended solely for the use of the individual or entity to whom they are addressed. If you have received this email in error please notify the sender and delete it.",
    "en-uk": "\n\nThis message may contain privileged information. If you are not the intended recipient, any use or disclosure of it is prohibited. Please delete it and contact the sender.",
    "de": "\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind oder diese E-Mail irrtümlich erhalten haben, informieren Sie bitte sofort den Absender und vernichten Sie diese Mail. Das unerlaubte Kopieren ist nicht gestattet.",
    "fr": "\n\nCe message et ses pièces jointes sont confidentiels et établis à l'attention exclusive de leurs destinataires. Toute utilisation non autorisée est interdite. Si vous avez reçu ce message par erreur, merci de le détruire.",
    "es": "\n\nAVISO LEGAL: Este mensaje contiene información confidencial dirigida exclusivamente a su destinatario. Queda prohibida su divulgación. Si lo ha recibido por error, elimínelo y notifíquelo al remitente.",
    "nl": "\n\nDe informatie verzonden met dit e-mailbericht is uitsluitend bestemd voor de geadresseerde. Gebruik door anderen is verboden. Indien u dit bericht ten onrechte hebt ontvangen, verzoeken wij u het te verwijderen.",
    "it": "\n\nLe informazioni contenute in questa comunicazione sono riservate e destinate esclusivamente al destinatario. È vietata la diffusione. Se avete ricevuto questo messaggio per errore, vi preghiamo di cancellarlo.",
    "pt": "\n\nEsta mensagem é confidencial e destina-se exclusivamente ao destinatário. É proibida a sua divulgação. Se a recebeu por engano, por favor apague-a e informe o remetente.",
    "pl": "\n\nTreść tej wiadomości jest poufna i przeznaczona wyłącznie dla adresata. Rozpowszechnianie jest zabronione. Jeżeli otrzymali ją Państwo omyłkowo, prosimy o jej usunięcie.",
    "sv": "\n\nDetta meddelande är konfidentiellt och avsett endast för mottagaren. Det är förbjudet att sprida det. Om du fått det av misstag, vänligen radera det.",
    "environment": "\n\nPlease consider the environment before printing this e-mail.",
    "scanned": "\n\nThis email has been checked for viruses by Avast antivirus software.\nwww.avast.com",
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS.keys())
def test_a_card_below_the_closing_is_left_out_and_the_name_is_kept(closing: str, card: str) -> None:
    assert reply_of(f"{WORDS}\n\n{closing}\n\n{card}\n", author=AUTHOR) == f"{WORDS}\n\n{closing}"


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_a_card_without_a_closing_is_left_out(card: str) -> None:
    kept = f"{WORDS}\n\nAnn Lindqvist" if card == CARDS["spaced"] else WORDS
    assert reply_of(f"{WORDS}\n\n{card}\n", author=AUTHOR) == kept


@pytest.mark.parametrize("disclaimer", DISCLAIMERS.values(), ids=DISCLAIMERS.keys())
@pytest.mark.parametrize(
    "card", [f"\n\n{CARDS['corporate']}", f"\n\n{CARDS['delimited']}", ""], ids=["card", "delimited", "none"]
)
def test_small_print_below_everything_is_left_out(card: str, disclaimer: str) -> None:
    closing = f"{WORDS}\n\nKind regards,\nAnn"
    assert reply_of(f"{closing}{card}{disclaimer}\n\n{ATTRIBUTIONS['gmail-en']}\n{QUOTED}", author=AUTHOR) == closing


ENDINGS = {
    "mfg-inline": ("MfG Petra Müller", "MfG Petra Müller"),
    "gruss-name-same-line": ("Viele Grüße, Petra", "Viele Grüße, Petra"),
    "de-corp": (
        "Mit freundlichen Grüßen / Kind regards\n\nPetra Müller\nIT-Leitung\n\nFirma AG\nHauptstraße 5, 50667 Köln\nTelefon: +49 221 555-0100\nTelefax: +49 221 555-0199\nE-Mail: petra.mueller@firma.example\nInternet: www.firma.example\n\nSitz der Gesellschaft: Köln, Registergericht: Amtsgericht Köln HRB 12345\nVorstand: Max Berg, Eva Kis\nAufsichtsrat: Dr. Otto Lang (Vorsitzender)",
        "Mit freundlichen Grüßen / Kind regards\n\nPetra Müller",
    ),
    "i.A.": (
        "Mit freundlichen Grüßen\n\ni. A. Petra Müller\nIT-Leitung\nFirma AG\nTel. 0221 5550100",
        "Mit freundlichen Grüßen\n\ni. A. Petra Müller",
    ),
    "two": (
        "Best regards / Mit freundlichen Grüßen\nPetra Müller\n___________________________________\nFirma AG\nHauptstr. 5\n50667 Köln\nTel +49 221 5550100",
        "Best regards / Mit freundlichen Grüßen\nPetra Müller",
    ),
    "under": ("Gruß\nPetra\n\n_______________\nPetra Müller\nFirma AG", "Gruß\nPetra"),
    "dr": (
        "Mit freundlichen Grüßen\n\nDr. Petra Müller\nInstitut für Physik\nUniversität Köln\nTel.: 0221/470-1234",
        "Mit freundlichen Grüßen\n\nDr. Petra Müller",
    ),
    "stars": ("Petra\n\n*Petra Müller*\nIT Manager\n*Firma AG*\nM +49 171 5550100\nW firma.example", "Petra"),
    "links": (
        "Thanks\nPetra\n\nPetra Müller\nIT Manager\nFirma AG<https://www.firma.example/>\n[cid:image001.png@01D]\nFollow us: LinkedIn<https://x.example> | X<https://y.example>",
        "Thanks\nPetra",
    ),
    "pronouns": (
        "Best,\nPetra\n\nPetra Müller (she/her)\nSenior Network Engineer, Firma AG\npetra.mueller@firma.example | +49 221 5550100\nBook a meeting: https://cal.example/petra",
        "Best,\nPetra",
    ),
    "hours": (
        "Kind regards,\nPetra\n\nPetra Müller\nIT Manager\nT +49 221 5550100\n\nMy working days are Monday to Thursday.",
        "Kind regards,\nPetra",
    ),
    "img": ("Regards,\nPetra\n\n[Firma AG]\nPetra Müller\nIT Manager\n+49 221 5550100", "Regards,\nPetra"),
    "fr-labels": (
        "Cordialement,\n\nPetra MÜLLER\nResponsable Réseaux\nDirection des Systèmes d'Information\nLigne directe : 01 23 45 67 89\nStandard : 01 23 45 67 00\nMobile : 06 12 34 56 78",
        "Cordialement,\n\nPetra MÜLLER",
    ),
    "address-colon": (
        "Regards\nPetra\n\nPetra Müller\nAddress: 5 Main St, Cologne\nPhone: +49 221 5550100",
        "Regards\nPetra",
    ),
    "ja": (
        "以上、よろしくお願いいたします。\n\n*************************\n株式会社ファーム\n情報システム部 Müller\nTEL: 03-1234-5678\n*************************",
        "以上、よろしくお願いいたします。",
    ),
    "ja2": (
        "以上、よろしくお願いいたします。\n\n----------------------------------------\n株式会社ファーム 情報システム部\nミュラー\n〒100-0001 東京都千代田区1-1\nTEL 03-1234-5678 FAX 03-1234-5679\n----------------------------------------",
        "以上、よろしくお願いいたします。",
    ),
    "zh": ("谢谢！\n王芳\n\n王芳 | 网络工程师\n华信钢铁有限公司\n电话：010-12345678", "谢谢！\n王芳"),
    "thx": ("Thanks in advance,\n\nPetra Müller\nFirma AG\n+49 221 5550100", "Thanks in advance,\n\nPetra Müller"),
    "sentence-closing": (
        "Looking forward to your reply.\n\nPetra Müller\nFirma AG\n+49 221 5550100",
        "Looking forward to your reply.",
    ),
    "ps": (
        "Gruß\nPetra\n\nPS: Bitte Frau Kis in Kopie: eva.kis@firma.example",
        "Gruß\nPetra\n\nPS: Bitte Frau Kis in Kopie: eva.kis@firma.example",
    ),
    "call": ("Bitte rufen Sie mich an: +49 221 5550100\n\nPetra", "Bitte rufen Sie mich an: +49 221 5550100\n\nPetra"),
    "call2": ("Meine Nummer ist +49 221 5550100", "Meine Nummer ist +49 221 5550100"),
    "conf": (
        "Gruß\nPetra\n\nConfidentiality Notice: This e-mail message, including any attachments, is for the sole use of the intended recipient(s) and may contain confidential and privileged information. Any unauthorized review, use, disclosure or distribution is prohibited.",
        "Gruß\nPetra",
    ),
    "short-conf": (
        "Gruß\nPetra\n\nDiese E-Mail ist vertraulich. Falls Sie nicht der Empfänger sind, löschen Sie sie bitte.",
        "Gruß\nPetra",
    ),
    "save-paper": (
        "Gruß\nPetra\n\nP Save a tree. Don't print this e-mail unless it's really necessary.",
        "Gruß\nPetra",
    ),
    "uk-reg": (
        "Regards\nPetra\n\nFirma Ltd, registered in England and Wales no. 0123456. Registered office: 1 High Street, London.",
        "Regards\nPetra",
    ),
}
"""What stands below the words, and what of it stays."""


@pytest.mark.parametrize(("below", "kept"), ENDINGS.values(), ids=ENDINGS.keys())
def test_the_closing_stays_and_what_offices_set_below_it_goes(below: str, kept: str) -> None:
    petra = frozenset({"petra", "müller", "petra.mueller@firma.example"})
    assert reply_of(f"{WORDS}\n\n{below}\n", author=petra) == f"{WORDS}\n\n{kept}"


BANNERS = {
    "external": "[EXTERNAL] This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender.",
    "caution": "CAUTION: This email originated from outside of the organisation.\nDo not click links unless you know the content is safe.",
    "warning": "WARNING: This message was sent from outside the company. Please do not click links.",
    "often": "You don't often get email from ann@customer.example. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>",
    "some-people": "[Some people who received this message don't often get email from ann@customer.example. Learn why this is important at https://aka.ms/LearnAboutSenderIdentification ]",
    "de": "ACHTUNG: Diese E-Mail stammt von einem externen Absender. Bitte klicken Sie nicht auf Links.",
    "de-often": "Sie erhalten nicht häufig E-Mails von ann@customer.example. Erfahren Sie, warum dies wichtig ist<https://aka.ms/LearnAboutSenderIdentification>",
    "fr": "ATTENTION : Cet e-mail provient de l'extérieur de l'organisation. Ne cliquez pas sur les liens.",
    "es": "PRECAUCIÓN: Este correo electrónico se originó fuera de la organización. No haga clic en enlaces.",
    "pt": "CUIDADO: Este e-mail foi originado fora da organização. Não clique em links.",
    "it": "ATTENZIONE: Questa e-mail proviene dall'esterno dell'organizzazione. Non cliccare sui link.",
    "nl": "LET OP: Deze e-mail is afkomstig van buiten de organisatie. Klik niet op links.",
    "pl": "UWAGA: Ta wiadomość pochodzi spoza organizacji. Nie klikaj w linki.",
    "sv": "VARNING: Detta e-postmeddelande kommer från en extern avsändare. Klicka inte på länkar.",
    "stars": "*** External email - be careful with links ***",
}


@pytest.mark.parametrize("banner", BANNERS.values(), ids=BANNERS.keys())
def test_a_banner_above_the_words_is_not_the_writers(banner: str) -> None:
    assert reply_of(f"{banner}\n\n{WORDS}\n") == WORDS


DEVICES = [
    "Sent from my iPhone",
    "Sent from Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "Télécharger Outlook pour Android<https://aka.ms/AAb9ysg>",
    "Télécharger Outlook pour Android",
    "Obter o Outlook para iOS<https://aka.ms/o0ukef>",
    "Descargue Outlook para Android<https://aka.ms/AAb9ysg>",
    "Scarica Outlook per Android<https://aka.ms/AAb9ysg>",
    "Laden Sie Outlook für Android herunter<https://aka.ms/AAb9ysg>",
    "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
    "Sent with Proton Mail secure email.",
    "Sent from Yahoo Mail for iPhone<https://mail.onelink.me/107872968>",
    "Yahoo Mail: Search, Organize, Conquer<https://mail.onelink.me/107872968>",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Gesendet von Outlook für iOS",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Envoyé depuis mon smartphone Samsung Galaxy.",
    "Enviado desde Yahoo Mail para Android",
    "Enviado do Outlook para iOS",
    "Inviato dal mio dispositivo Android",
    "Verzonden vanaf mijn Galaxy",
    "Wysłano z Outlook dla systemu iOS",
    "Skickat från Outlook för iOS",
    "Sendt fra min iPad",
    "Lähetetty iPhonesta",
    "Odesláno z iPhonu",
    "Odoslané z iPhonu",
    "Küldve az iPhone-omról",
    "Trimis de pe iPhone-ul meu",
    "Στάλθηκε από το iPhone μου",
    "iPhone'umdan gönderildi",
    "Отправлено из мобильной Почты Mail",
    "Надіслано з iPhone",
    "iPhoneから送信",
    "Outlook for iOS を入手<https://aka.ms/o0ukef>",
    "发自我的 iPhone",
    "從我的 iPhone 傳送",
    "나의 iPhone에서 보냄",
    "נשלח מה-iPhone שלי",
    "ส่งจาก iPhone ของฉัน",
    "Được gửi từ iPhone của tôi",
    "Dikirim dari iPhone saya",
]


@pytest.mark.parametrize("device", DEVICES)
def test_what_a_device_writes_is_left_out(device: str) -> None:
    assert reply_of(f"{WORDS}\n\n{device}\n\n{HEADERS['en']}\n\nPlease send the log.") == WORDS


OWN = {
    "log": "On 3 March 2026 at 10:15 the controller wrote:\nERR 41 sensor missing\nERR 41 sensor missing\n\nIs that known?",
    "log-de": "Am 3. März 2026 um 10:15 schrieb die Anlage:\nFEHLER 7\n\nWas heißt das?",
    "window": "Our window:\n\nFrom: Saturday 7 June 2026, 23:00\nTo: Sunday 8 June 2026, 03:00\nSubject: transmission chain B only\n\nPlease confirm.",
    "shipment": "From: Lagos office\nTo: Accra office\n\nThe two units move on 1 September.",
    "display": "De : entrepôt\nÀ : quai 3\nObjet : palette bloquée\n\nQue faire ?",
    "counters": "Von: 13:05 Uhr\nBis: 14:40 Uhr\nGesendet: 0 Pakete\nEmpfangen: 0 Pakete\n\nDanach ging sie wieder.",
    "prompt": "Please see:\n\n> show version\n9.6.1\n> show chassis\nall up\n\nIs that too old?",
    "redirection": "I ran it as you wrote:\n\ntcpdump -i eth0 \\\n> /tmp/trace.txt\n\nNothing was caught.",
    "separators": "Summary:\n--------------------\nRig A: stable\nRig B: two reboots\n--------------------\n\n-- Port 7 --\nPoE overload\n\n---\n\nWhat next?",
    "monday": "On Monday, 2 March, we saw:\n\nslot 3 down\n\nand on Tuesday the same.",
    "named": "Maria wrote to me on 3 March that it works again: it does not.",
    "contact": "Contact name: Ann Lindqvist\nPhone: +44 20 7946 0101\nSite: Oakridge\nSerial number: 1234",
    "announced": "Please call my colleague:\n\nMax Berg\n+44 20 7946 0102",
    "colleague": "The box is in Leeds. Its keeper is\n\nMax Berg, Leeds depot\n+44 20 7946 0102",
    "device": "It happens only when the mail was sent from my iPhone, never from the desk.",
    "caution": "Warning: the message queue is full, says the display.\n\nWhat now?",
    "attention": "Attention: our external mail server is down since 9.\n\nPlease call.",
    "outside": "This happens when mail comes from outside our network.\n\nWhat can we do?",
    "confidential": "The log is confidential. Please delete it after reading.",
    "configuration": "[smtp]\nFrom: alerts\nTo: noc\nSubject: %s down\n\nThis is how we send them.",
    "syslog": "[2026-03-03 10:15:07] admin@node2: login\n[2026-03-03 10:16:07] admin@node2: reload:\n\nWho was that?",
}


@pytest.mark.parametrize("words", OWN.values(), ids=OWN.keys())
def test_the_writers_own_words_are_kept_whole(words: str) -> None:
    assert reply_of(words, author=AUTHOR) == words
    answered = f"{words}\n\n{ATTRIBUTIONS['gmail-en']}\n\n{QUOTED}"
    assert reply_of(answered, author=AUTHOR) == words
