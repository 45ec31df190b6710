"""Which language somebody writes, told by his letters and by the small words that every sentence needs.

A script that one language uses decides by itself. Among languages in Latin and Cyrillic letters each small word speaks for
those that have it, the more the fewer they are; letters that only one of them has speak too. Console output and log lines
are no sentences and are left out. Where there are few words, or two languages are close, the answer is that we do not know.
"""

# ruff: noqa: E501  a table of words reads better across than down

import re
from collections import Counter
from collections.abc import Iterator, Mapping

_SMALL_WORDS: Mapping[str, str] = {
    "en": """the and is of to not we are with for this that have has from but our you your been it be would please after since when which there they can could any
        what why how should will was were do does did an a as at by if or so i my me he she them their its than then now still hello dear hi thanks thank regards kind best
        already only on need see get got just yes no about because die attached asked works again still call came back unit""",
    "de": """und nicht ist das der dem den ein eine einen einem einer eines wir ich sie uns mir mit für auf sind haben habe hat werden wurde wurden wird nach bei beim seit auch keine kein keinen
        bitte unser unsere unseren unserem noch kann können zum zur dass daß aber oder wenn wie über nur mehr schon jetzt heute gestern morgen wieder immer alle alles vom von aus zu im am um als
        guten tag hallo danke vielen dank grüße grüßen gruß gruss mfg freundlichen viele sehr geehrte geehrter herr frau liebe ihr ihre ihren ihrem ihnen es er man dann damit da hier dort läuft
        geht gibt ja nein weil ob bis vor unter zwischen ohne neu sich nichts leider sollen sollte müssen muss anbei meldung fehler kabel rückruf startet modul dringend weg ansehen gerät geräte störung anhang ticket geschlossen pakete die""",
    "fr": """le la les et est une des du nous vous pas avec pour dans sur sont avons depuis mais qui que cette ce ces aux au votre notre nos vos être merci été ne il elle ils je j l d n c s qu
        bonjour cordialement bien plus tout toujours encore déjà après avant lors quand comme ont ai avez sans chez ici aussi donc peut pouvez fait faire a à où se leur même très aucun aucune hier
        aujourd matin soir bonsoir salutations joint erreur câble message redémarre redémarré fonctionne mise jour suite rappeler journal panne serveur routeur""",
    "es": """el la los las y es una un del de que en nosotros con por para está están estamos desde pero este esta esto muy hemos he ha gracias cuando como nuestro nuestra se lo le no ya más también hola
        buenos buenas días tardes saludos atentamente cordial señor su sus si sin sobre porque hay tiene tenemos puede pueden hacer ser sido después antes todo todos ayer hoy mañana favor al me mi adjunto mensaje error fallo cable funciona actualización reinicia llámenme conecta conectar misma sigue igual registro equipo servidor""",
    "pt": """o os as e é um uma do da dos das de que em não nós com por para está estão estamos desde mas este esta isso muito temos tem obrigado obrigada quando como nosso nossa se ao à no na nos nas já mais também
        olá bom boa dia tarde bem atenciosamente abraço abraços cumprimentos você vocês senhor sua seu foi ser são sem sobre porque há pode podem fazer depois antes tudo todos ontem hoje amanhã favor até pelo pela me meu segue anexo erro falha cabo funciona atualização reinicia mensagem conecta continua igual equipamento chamado servidor encerrar trocamos""",
    "it": """il lo gli la le e è un uno una di del della dei delle che in non noi con per sono siamo abbiamo ho ha hanno dopo dal dalla da ma questo questa nostro nostra grazie quando come nella nel alla al si ci ne anche più già
        buongiorno buonasera salve saluti cordiali gentile cordialmente ancora sempre senza sulla su se perché può possono fare essere stato stata stamattina ieri oggi domani tutto tutti mi ed dell all l un ora allegato errore guasto cavo funziona aggiornamento messaggio riavvia collega chiudere potete richiesto""",
    "nl": """het de die een en niet wij we ik met voor op zijn hebben heb heeft worden wordt werd naar bij sinds ook geen graag onze ons nog kan kunnen maar of als dat deze van te dit er aan uit om uur is was dan wel akkoord vannacht vanochtend vanmiddag al weer nu
        goedemorgen goedemiddag goedendag beste hallo bedankt dank groet groeten vriendelijke u uw jullie mijn hier daar geeft gaat alvast zonder door tot alle alles meer gisteren vandaag morgen omdat hierbij melding fout herstart werkt poort bijlage storing bellen""",
    "pl": """i w we z ze na do nie jest są się to że jak po od dla o u za czy ale przez przy oraz już tylko bardzo proszę prosimy dziękuję dziękujemy dzień dobry witam pozdrawiam poważaniem mamy mam został została było był
        była będzie może można przed jeszcze po nas nam nasz nasze naszej ten ta te tym tej które który która kiedy gdy wczoraj dziś rano teraz po wszystko nadal znowu pani pan państwo załączniku błąd komunikatem działa aktualizacji kabel zgłoszenie telefon""",
    "sv": """och att det är som en ett på av för med inte vi jag har den de till från efter om men kan ska skulle när hur vad nu även vår vårt våra ni er hej tack hälsning hälsningar vänlig vänliga mvh också finns fungerar
        sedan igår idag morse redan mycket allt alla måste bara mot vid ut upp eller så blir blev varit vara ingen inget bifogar bytt samma fel startar meddelandet uppdateringen går ansluta ärendet stänga kabel loggen gärna ring""",
    "da": """og at det er som en et på af for med ikke vi jeg har den de til fra efter om men kan skal skulle når hvordan hvad nu også vores jer hej tak hilsen venlig mvh mht findes virker siden igår idag allerede meget alt alle
        må kun mod ved ud op eller så bliver blev været være ingen intet lige noget nogen den dem kunne""",
    "nb": """og at det er som en et på av for med ikke vi jeg har den de til fra etter om men kan skal skulle når hvordan hva nå også vår vårt våre dere hei takk hilsen vennlig mvh finnes virker fungerer siden igår dag allerede
        mye alt alle må bare mot ved ut opp eller så blir ble vært være ingen ingenting noe noen dem kunne""",
    "fi": """ja on ei ole että se tämä olemme me minä mutta kun jos niin myös vielä jo nyt hei terve kiitos terveisin ystävällisin moi päivää huomenta onko voi voisitteko kanssa jälkeen mukaan kuin mitä miksi sitten eilen tänään
        aamulla oli ovat olen emme en teidän meidän joka kaikki vain sekä tai""",
    "cs": """a je v na se to že s z do pro od po jsme jsem není nebo ale jak když už také tak ještě dobrý den děkuji děkujeme pozdravem prosím prosíme máme byl byla bylo bude můžete může který která které náš naše při před
        bez včera dnes ráno nyní teď vás nás jen podle tento tato""",
    "hu": """a az és hogy nem is egy van volt de ha ez azt kérem kérjük köszönöm köszönjük üdvözlettel tisztelt kedves jó napot mi én meg már még csak után óta miatt vagy mint lehet kell lesz itt most tegnap ma reggel minden
        amikor mert így""",
    "ro": """și este nu în la cu de pe un o din pentru că am are sunt noi ne dar dacă după bună ziua mulțumesc mulțumim salut cu stimă respect vă rog cum când acest această mai fost fi să ca sau prin ieri azi dimineață""",
    "tr": """ve bir bu da de için ile ne mi mı değil var yok sonra önce ama çok biz ben siz merhaba teşekkürler teşekkür ederim ederiz iyi çalışmalar günler saygılarımla saygılar lütfen olarak kadar gibi daha şu dün bugün sabah
        şimdi oldu oluyor ediyor hala tekrar""",
    "ru": """и в не на с что это мы я вы по из от до за для у но как при после перед уже ещё еще также нет есть был была было были будет можно нужно пожалуйста спасибо добрый день здравствуйте уважением нам нас наш наша
        все вас или если когда же бы чтобы сегодня вчера только каждый каждые снова пока почему но вложении ошибка ошибки сообщением сообщение работает обновления подключается позвоните журнал та же заявку""",
    "uk": """і й в у не на з що це ми я ви по із від до за для але як при після перед вже ще також немає є був була було були буде можна потрібно будь ласка дякую добрий день вітаю повагою нам нас наш наша все вас або якщо
        коли щоб сьогодні вчора""",
    "bg": """и в не на с че това ние аз вие по из от до за със но как при след преди вече още също няма има беше бяха ще може трябва моля благодаря добър ден здравейте уважение ни нас наш наша всички вас или ако когато да се
        са е днес вчера""",
}
_SPEAKERS: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _SMALL_WORDS.items() if word in words.split())
    for word in {word for words in _SMALL_WORDS.values() for word in words.split()}
}
_LETTERS: Mapping[str, str] = {
    "ß": "de", "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "ł": "pl", "ż": "pl", "ś": "pl", "ę": "pl", "ą": "pl", "ő": "hu", "ű": "hu",
    "ğ": "tr", "ı": "tr", "ş": "tr", "ě": "cs", "ř": "cs", "ů": "cs", "ț": "ro", "ș": "ro", "œ": "fr", "ы": "ru", "э": "ru", "ї": "uk", "є": "uk", "і": "uk", "ъ": "bg",
}  # fmt: skip
"""Letters that one of these languages has, or has far more often than all others."""
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "de": ("ung", "ungen", "lich", "keit", "heit"),
    "fr": ("eux", "euse", "aison", "ées", "ique"),
    "es": ("ción", "ciones", "miento"),
    "pt": ("ção", "ções", "mento", "agem"),
    "it": ("zione", "zioni", "mento", "aggio"),
    "nl": ("heid", "lijk", "ingen"),
    "pl": ("anie", "enie", "ację", "ego"),
    "sv": ("ningen", "ande", "arna", "erna"),
    "ru": ("ение", "ения", "ется", "ость", "ются"),
}
"""How longer words end; two of them weigh as much as a small word."""
_CYRILLIC = re.compile("[а-я]")
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ar", re.compile("[\u0620-\u06d3]")),
    ("th", re.compile("[\u0e01-\u0e4e]")),
    ("vi", re.compile("[ăđơư\u1ea0-\u1ef9]")),
)
_SCRIPT_LETTERS = 4
_CYRILLIC_LETTERS = 12  # without a letter of its own a text so long is hardly Ukrainian or Bulgarian
_WORD = re.compile(r"(?<![\w./@:\\-])[^\W\d_]{1,20}(?![\w/@\\]|[.-]\w)")
_OUTPUT = re.compile(r"\d{1,2}:\d\d:\d\d|^\s*(?:>|\||\$|[\w.@~()-]{1,40}[#>$%]\s)|^\s*[\w./-]{1,60}=\S|\S+\s{3,}\S")
_READ = 6_000  # characters: who writes more has told his language long before
_WEIGHT = 12  # of a word that one language has; one that six have speaks for each with a sixth of it
_ENOUGH = 3 * _WEIGHT
_FEWEST = 3
"""How many different small words and letters a language must show."""


def language_of(words: str) -> str:
    """The language of these words as ISO 639-1, such as "en" or "de"; "" where it is not clear.

    It is clear where a language shows several of its small words, and these outweigh half as much again those of the next.
    """
    text = "\n".join(line for line in words[:_READ].split("\n") if not _OUTPUT.search(line[:400]))
    for language, script in _SCRIPTS:
        if len(script.findall(text)) >= _SCRIPT_LETTERS:
            return language
    told: Counter[str] = Counter()
    weights: Counter[str] = Counter()
    for language, weight in _evidence({word.lower() for word in _WORD.findall(text)}, text.lower()):
        told[language] += 1
        weights[language] += weight
    ranked = [*weights.most_common(2), ("", 0), ("", 0)]
    (language, most), (_, next_most) = ranked[:2]
    clear = most >= _ENOUGH and told[language] >= _FEWEST and 2 * most >= 3 * next_most
    return language if clear else ""


def _evidence(seen: set[str], text: str) -> Iterator[tuple[str, int]]:
    for word in seen:
        speakers = _SPEAKERS.get(word, ())
        for language in speakers:
            yield language, _WEIGHT // len(speakers)
    for letter, language in _LETTERS.items():
        if letter in text:
            yield language, _WEIGHT
    for language, endings in _ENDINGS.items():
        yield from ((language, _WEIGHT // 2) for word in seen if len(word) > 6 and word.endswith(endings))
    if len(_CYRILLIC.findall(text)) >= _CYRILLIC_LETTERS and not any(letter in text for letter in "іїєґъ"):
        yield "ru", 2 * _WEIGHT
