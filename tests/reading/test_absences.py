"""Who writes while its owner is away: autoresponders that set no header, in the languages of the world."""

from email.message import EmailMessage

import pytest

from mailproc.reading.mail import Origin
from mailproc.reading.parse import read

ABSENCES = [
    ("Automatic reply: X60", "I am out of the office until 18 May with limited access to e-mail."),
    ("Out of Office: X60", "Thank you for your message. I am currently on annual leave and will return on Monday."),
    ("Autoreply: X60", "I will be away from my desk until Thursday."),
    (
        "Automatische Antwort: X60",
        "Ich bin bis zum 18. Mai nicht im Büro. In dringenden Fällen wenden Sie sich an Frau Kunz.",
    ),
    ("Abwesenheitsnotiz: X60", "Vielen Dank für Ihre Nachricht. Ich befinde mich bis 18.05. im Urlaub."),
    ("Réponse automatique : X60", "Je suis absente du bureau jusqu'au 18 mai et répondrai à mon retour."),
    ("Absence du bureau", "Actuellement en congés, je serai de retour le 18 mai."),
    ("Respuesta automática: X60", "Me encuentro fuera de la oficina hasta el 18 de mayo."),
    ("Fuera de la oficina", "Estaré de vacaciones hasta el lunes. Para urgencias, llame al 555 0100."),
    ("Resposta automática: X60", "Estou de férias até 18 de maio, com acesso limitado ao e-mail."),
    ("Ausência temporária", "Encontro-me ausente até dia 18."),
    ("Risposta automatica: X60", "Sono fuori ufficio fino al 18 maggio."),
    ("Automatisch antwoord: X60", "Ik ben afwezig tot 18 mei. Bij spoed kunt u bellen."),
    ("Automatyczna odpowiedź: X60", "Jestem nieobecny do 18 maja. W pilnych sprawach proszę dzwonić."),
    ("Autosvar: X60", "Jag är på semester till den 18 maj."),
    ("Automatisk svar: X60", "Jeg er ikke på kontoret før 18. mai."),
    ("Fraværende", "Jeg holder ferie til og med den 18. maj."),
    ("Automaattinen vastaus: X60", "Olen lomalla 18.5. asti."),
    ("Автоответ: X60", "Я в отпуске до 18 мая."),
    ("Автоматический ответ: X60", "Добрый день! Меня не будет в офисе до 18 мая."),
    ("自動応答: X60", "5月18日まで休暇をいただいております。"),
    ("不在通知", "出張のため不在にしております。"),
    ("自动答复: X60", "我目前休假，5月18日回来。"),
    ("自動回覆: X60", "我目前不在辦公室，5月18日返回。"),
    ("자동 회신: X60", "5월 18일까지 휴가입니다."),
    ("Otomatik yanıt: X60", "18 Mayıs'a kadar izinliyim."),
    ("Automatická odpověď: X60", "Jsem mimo kancelář do 18. května."),
    ("Automatikus válasz: X60", "Május 18-ig szabadságon vagyok."),
    ("Răspuns automat: X60", "Sunt în concediu până pe 18 mai."),
    ("Αυτόματη απάντηση: X60", "Θα λείπω από το γραφείο έως τις 18 Μαΐου."),
    ("תשובה אוטומטית: X60", "אני בחופשה עד 18 במאי."),
    ("رد تلقائي: X60", "أنا في إجازة حتى 18 مايو."),
    ("Balasan otomatis: X60", "Saya sedang cuti sampai 18 Mei."),
    ("Trả lời tự động: X60", "Tôi đang nghỉ phép đến ngày 18 tháng 5."),
    ("ตอบกลับอัตโนมัติ: X60", "ฉันลาพักร้อนถึงวันที่ 18 พฤษภาคม"),
    ("Samodejni odgovor: X60", "Sem na dopustu do 18. maja."),
    ("Automatski odgovor: X60", "Na godišnjem sam odmoru do 18. svibnja."),
    ("Automatinis atsakymas: X60", "Atostogauju iki gegužės 18 d."),
    ("Automātiska atbilde: X60", "Esmu atvaļinājumā līdz 18. maijam."),
    ("Automaatvastus: X60", "Olen puhkusel kuni 18. maini."),
    ("Автоматична відповідь: X60", "Я у відпустці до 18 травня."),
    ("Автоматичен отговор: X60", "В отпуск съм до 18 май."),
    ("Resposta automàtica: X60", "Soc fora de l'oficina fins al 18 de maig."),
    ("I am away", "This is an automated message: I have left the company. Please write to it@acme.example."),
    ("Auto: X60", "I'm on parental leave until September."),
    ("OOO Re: X60", "On vacation, back on the 18th."),
    ("Vacation reply", "I am on vacation until 18 May."),
    ("Out of office until 18 May", "Hi, I'm on leave. Ben covers for me."),
]

PERSONS = [
    ("Out of office does not work", "Since Monday the out of office assistant behind the proxy fails for everybody."),
    (
        "Automatic reply loop on our mail server",
        "We see that automatic replies loop through the ProxyAV. How do we stop that?",
    ),
    ("Abwesenheitsassistent", "Der Abwesenheitsassistent kommt nicht mehr durch den Proxy."),
    ("Re: X60", "I was out of the office yesterday, sorry for the late answer. The log is attached."),
    ("Re: X60", "I will be on vacation from Friday, my colleague Ben takes over. Please keep him on copy."),
    ("Vacation period: who covers our case?", "We close from 22 to 26 December. Who will look after SR 2-400100200?"),
    ("Re: X60", "Ich bin ab morgen im Urlaub, bitte an Frau Kunz schreiben. Anbei die Logs."),
    ("Urgent: absent default route", "The default route is absent after reload."),
    ("Away team site down", "Our away team's site is down since 9."),
    ("Congés", "Nous serons fermés du 1 au 15 août, merci de clôturer la demande."),
    ("Ticket created: X60 down", "Created by the portal of Acme. Please do not reply to this address, call Ann."),
    ("Re: X60", "The mailbox is not monitored any more since the upgrade, that is our problem."),
]


def origin(subject: str, text: str, **fields: str) -> Origin:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ann <ann@acme.example>", "support@vendor.example", subject
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(f"{text}\n")
    return read(mail.as_bytes()).origin


@pytest.mark.parametrize(("subject", "text"), ABSENCES)
def test_subject_and_words_together_tell_an_autoresponder(subject: str, text: str) -> None:
    assert origin(subject, text).kind == "auto-reply"
    assert origin(subject, text, Return_Path="<>").kind == "auto-reply"


@pytest.mark.parametrize(("subject", "text"), PERSONS)
def test_people_write_of_absence_and_machines_too(subject: str, text: str) -> None:
    assert origin(subject, text).kind == "person"


def test_the_receipt_of_another_ticket_system_is_no_person() -> None:
    words = "Your ticket number is 4711. Please do not reply to this e-mail."
    assert origin("Ticket received [#4711]", words, In_Reply_To="<1@vendor.example>").kind == "auto-reply"
