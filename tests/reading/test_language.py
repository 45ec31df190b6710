"""The language of a mail, told by its letters and its small words."""

# ruff: noqa: E501  a table of mails reads better across than down

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.language import language_of

LANGUAGES = frozenset(
    (
        "",
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "pl",
        "sv",
        "da",
        "nb",
        "fi",
        "cs",
        "hu",
        "ro",
        "tr",
        "ru",
        "uk",
        "bg",
    )
) | {"ja", "ko", "zh", "el", "he", "ar", "th", "vi"}
SENTENCES = [
    ("The box reloads every hour since this morning, and we have no idea which of the modules is to blame.", "en"),
    ("Please help: our APM is down. It would not boot after the upgrade.", "en"),
    ("Seit heute Morgen startet das Modul jede Stunde neu, und wir haben keine Erklärung. Bitte helfen Sie.", "de"),
    ("Guten Tag, die Box ist nicht mehr erreichbar, bitte um Rückruf. Wir können sie auch nicht neu starten.", "de"),
    ("Depuis ce matin le module redémarre et nous ne savons pas pourquoi. Merci pour votre aide.", "fr"),
    ("Desde esta mañana el módulo se reinicia cada hora y los usuarios pierden las sesiones por completo.", "es"),
    ("Da stamattina il modulo si riavvia e non sono riuscito a capire la causa della cosa. Grazie.", "it"),
    ("Sinds vanochtend start het systeem elk uur opnieuw en wij hebben geen idee. Graag een reactie.", "nl"),
    ("", ""),
    ("APM 4", ""),
    ("hk-a# show chassis\nslot 4  APM-9600  Down\nslot 5 APM-9600 Up", ""),
    ("Danke!", ""),
    ("Die Network is down, wir brauchen help.", ""),
]


@pytest.mark.parametrize(("words", "language"), SENTENCES)
def test_a_language_is_told_where_it_is_clear(words: str, language: str) -> None:
    assert language_of(words) == language


def test_english_output_below_german_words_leaves_them_german() -> None:
    words = "Guten Tag, seit heute ist das Modul weg und wir können nicht mehr arbeiten. Bitte rufen Sie uns an.\n"
    assert language_of(words + "\nMar 3 09:10 hk-a kernel: watchdog expired\nslot 4 reset by the watchdog\n") == "de"


SHORT_MAILS = {
    "en": [
        "Node 2 restarts with the message 'watchdog expired'. Any idea?",
        "Hi, works now. You can close the ticket.\n\nCheers\nTom",
        "It came back after the reload but the second unit is still down.\n\nRegards\nAnn",
        "Please call me on my mobile, I am on site until six.",
        "Log attached as you asked.\n\nMar  3 09:10:11 hk-a kernel: Watchdog expired\nMar  3 09:10:12 hk-a init: reboot",
    ],
    "de": [
        'Node 2 startet neu mit der Meldung "watchdog expired".\n\nMit freundlichen Grüßen\nKarl Maier',
        "Hallo,\n\nCluster läuft wieder, Ticket kann geschlossen werden.\n\nGruß\nTom",
        "Der Switch im Keller reagiert nicht.\n\nMfG\nPohl",
        "Anbei das Log. Die Firewall verwirft Pakete am Port 443:\n\nMar  3 09:10:11 hk-a kernel: packet dropped by the filter\nMar  3 09:10:12 hk-a kernel: the rule is not known",
        "Nach dem Update auf 9.6.1 geht VPN nicht mehr. Bitte um Rückruf!",
        "hk-a# show chassis\nslot 4 APM Down\n\nModul 4 ist wieder weg, bitte dringend ansehen.",
        "Das Zertifikat ist eingespielt, der Fehler kommt trotzdem noch.\n\nViele Grüße",
    ],
    "fr": [
        'Le routeur redémarre avec le message "watchdog expired".\n\nCordialement,\nLuc',
        "Bonjour,\n\nC'est bon, ça fonctionne. Vous pouvez clore le ticket.\n\nMerci",
        "Le VPN ne monte plus depuis la mise à jour 9.6.1, merci de me rappeler.",
        "Ci-joint le journal demandé. Nous avons redémarré les deux nœuds hier soir.",
        "Toujours la même erreur :\n\nMar  3 09:10:11 hk-a kernel: the rule is not known\n\nBien à vous",
    ],
    "es": [
        'El nodo 2 se reinicia con el mensaje "watchdog expired".\n\nSaludos,\nLuis',
        "Hola, ya funciona. Pueden cerrar el ticket, gracias.",
        "Desde la actualización a 9.6.1 la VPN no conecta. Llámenme por favor.",
        "Adjunto el log que pidieron. Hemos cambiado el cable y sigue igual.",
        "Buenos días,\n\nmisma falla en el puerto 3:\n\nMar  3 09:10:11 hk-a kernel: link down\n\nUn saludo",
    ],
    "pt": [
        'O nó 2 reinicia com a mensagem "watchdog expired".\n\nAtenciosamente,\nJoão',
        "Bom dia, já funciona. Podem encerrar o chamado, obrigado!",
        "Depois da atualização para 9.6.1 a VPN não conecta mais. Por favor me liguem.",
        "Segue o log em anexo. Trocamos o cabo e continua igual.",
        "Boa tarde,\n\no equipamento caiu de novo às 14h. Não mexemos em nada.",
    ],
    "it": [
        'Il nodo 2 si riavvia con il messaggio "watchdog expired".\n\nCordiali saluti\nPaolo',
        "Buongiorno, ora funziona. Potete chiudere il ticket, grazie.",
        "Dopo l'aggiornamento a 9.6.1 la VPN non si collega più. Mi chiamate per favore?",
        "In allegato il log richiesto. Abbiamo cambiato il cavo ma non è servito.",
        "Salve,\n\nstesso errore sulla porta 3:\n\nMar  3 09:10:11 hk-a kernel: link down\n\nSaluti",
    ],
    "nl": [
        'Node 2 herstart met de melding "watchdog expired".\n\nMet vriendelijke groet,\nJan',
        "Hallo, het werkt weer. Ticket mag dicht, bedankt.",
        "Na de update naar 9.6.1 werkt de VPN niet meer. Graag even bellen.",
        "Hierbij de log. Wij hebben de kabel vervangen maar het blijft zo.",
        "Goedemorgen,\n\npoort 3 ligt er weer uit:\n\nMar  3 09:10:11 hk-a kernel: link down\n\nGroeten",
    ],
    "pl": [
        'Węzeł 2 restartuje się z komunikatem "watchdog expired".\n\nPozdrawiam\nJan',
        "Dzień dobry, już działa. Można zamknąć zgłoszenie, dziękuję.",
        "Po aktualizacji do 9.6.1 VPN nie łączy. Proszę o telefon.",
        "W załączniku log. Wymieniliśmy kabel i nadal jest to samo.",
    ],
    "sv": [
        'Nod 2 startar om med meddelandet "watchdog expired".\n\nMed vänlig hälsning\nErik',
        "Hej, nu fungerar det. Ni kan stänga ärendet, tack!",
        "Efter uppdateringen till 9.6.1 går det inte att ansluta med VPN. Ring mig gärna.",
        "Bifogar loggen. Vi har bytt kabel men det är samma fel.",
    ],
    "ru": [
        'Узел 2 перезагружается с сообщением "watchdog expired".\n\nС уважением,\nИван',
        "Добрый день, всё работает. Заявку можно закрыть, спасибо.",
        "После обновления до 9.6.1 VPN не подключается. Позвоните мне, пожалуйста.",
        "Во вложении журнал. Кабель заменили, но ошибка та же.",
    ],
    "ja": [
        "ノード2が「watchdog expired」で再起動します。",
        "直りました。ありがとうございます。",
        "9.6.1に更新してからVPNがつながりません。お電話ください。",
    ],
    "zh": [
        "节点2重启，提示 watchdog expired。",
        "已经恢复，可以关闭工单，谢谢！",
        "升级到9.6.1后VPN无法连接，请回电。",
    ],
    "ko": [
        "노드 2가 watchdog expired 메시지와 함께 재시작됩니다.",
        "이제 됩니다. 감사합니다.",
        "9.6.1 업데이트 후 VPN이 연결되지 않습니다.",
    ],
    "": [
        "OK",
        "Danke!",
        "hk-a> show version\n9.6.1\nhk-a> show chassis\nslot 4 APM Down",
        "Mar  3 09:10:11 hk-a kernel: the rule is not known\nMar  3 09:10:12 hk-a kernel: this was the last of it",
        "APM, NPM, CPM: Port 443, VLAN 12",
    ],
}


@pytest.mark.parametrize(
    ("words", "language"), [(words, language) for language, mails in SHORT_MAILS.items() for words in mails]
)
def test_short_mails_tell_their_language_among_technical_words(words: str, language: str) -> None:
    assert language_of(words) == language


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(words: str) -> None:
    assert language_of(words) in LANGUAGES
