"""German: names of days and months, units, and the reasons that the desk gives in English."""

from collections.abc import Mapping
from typing import Final

WEEKDAYS: Final = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
MONTHS: Final = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
UNITS: Final[Mapping[str, tuple[str, str]]] = {
    # In the dative, as "nach" and "innerhalb von" ask for it.
    "minutes": ("Minute", "Minuten"),
    "hours": ("Stunde", "Stunden"),
    "days": ("Tag", "Tagen"),
    "business hours": ("Arbeitsstunde", "Arbeitsstunden"),
    "business days": ("Arbeitstag", "Arbeitstagen"),
}

SAYINGS: Final[Mapping[str, str]] = {
    # Where a thing was found
    "in your mail": "in Ihrer Mail",
    "your next mail": "in Ihrer nächsten Mail",
    "from your mail: '{}'": "aus Ihrer Mail: „{}“",
    "{} and {} more": "{} und {} weitere",
    "{} of chassis {}": "{} von Chassis {}",
    "{} of the second chassis": "{} des zweiten Chassis",
    "{} of both chassis": "{} beider Chassis",
    # Why a thing is asked for
    "the engineer asks for it": "unsere Technik bittet darum",
    "the site has two chassis, and we have that of {}; {}": (
        "am Standort stehen zwei Chassis, und von {} liegt es uns vor; {}"
    ),
    "{} is no open request of yours": "{} ist keine offene Anfrage von Ihnen",
    "the site has two chassis; {}": "am Standort stehen zwei Chassis; {}",
    # Why a file does not serve
    "it {said}; {said}": "{said}; {said}",
    "it {said}": "{said}",
    "{said}; {said}": "{said}; {said}",
    "is empty": "ist leer",
    "holds no file": "enthält keine Datei",
    "holds no packet": "enthält kein Paket",
    "only holds an error: {}": "enthält nur eine Fehlermeldung: {}",
    "stops at the first page (--More--)": "hört nach der ersten Seite auf (--More--)",
    "is none of the files that we ask for, as far as we can tell": (
        "ist, soweit wir sehen, keine der Dateien, um die wir bitten"
    ),
    "is a picture, and we need what it shows as text": "ist ein Bild, und wir brauchen als Text, was es zeigt",
    "is a copy of {}": "ist eine Kopie von {}",
    "comes from the same chassis as {}": "kommt von demselben Chassis wie {}",
    "is locked with a password": "ist mit einem Passwort verschlossen",
    "is compressed in a way that cannot be read here": "ist auf eine Weise gepackt, die wir nicht lesen können",
    "is damaged and could not be read": "ist beschädigt und war nicht zu lesen",
    "is damaged, only its beginning could be read": "ist beschädigt, nur der Anfang war zu lesen",
    "is a damaged {}, not all of it could be read": "ist beschädigt ({}), nicht alles war zu lesen",
    "is a {} archive, which cannot be opened here": "ist ein Archiv ({}), das wir nicht öffnen können",
    "is beyond the limits for archives, the rest was not read": "ist zu groß für ein Archiv, der Rest blieb ungelesen",
    "holds more than {} files, none was read": "enthält mehr als {} Dateien, keine wurde gelesen",
    "stands {} archives deep and was not opened": "steckt {} Archive tief und wurde nicht geöffnet",
    "unpacks to more than {} times its size and was not read": (
        "wächst beim Auspacken auf mehr als das {}-Fache und wurde nicht gelesen"
    ),
    "is a winmail.dat of Outlook; what it wraps cannot be opened here": (
        "ist eine winmail.dat von Outlook; was darin steckt, können wir nicht öffnen"
    ),
    "please pack it without one": "bitte packen Sie es ohne Passwort",
    "please pack it as .zip or .tar.gz": "bitte packen Sie es als .zip oder .tar.gz",
    "please pack it as .zip or .tar.gz, at most {} MB unpacked": (
        "bitte packen Sie es als .zip oder .tar.gz, ausgepackt höchstens {} MB"
    ),
    "please send it once more": "bitte senden Sie es noch einmal",
    "please send the whole output": "bitte senden Sie die ganze Ausgabe",
    # Why a request has its level
    "the writer names level {}": "Sie nennen Stufe {}",
    "the words speak for no other level": "Ihre Mail spricht für keine andere Stufe",
    "level {} was named, but {said}": "Sie nennen Stufe {}; {said}",
    "it is a question or a wish, nothing is impaired": "es ist eine Frage oder ein Wunsch, nichts ist gestört",
    "we read '{}' as no impact on the business": "„{}“ lesen wir als: ohne Folgen für das Geschäft",
    "we read '{}' as continuous or frequent instability": "„{}“ lesen wir als dauernde oder häufige Instabilität",
    "we read '{}' as an outage": "„{}“ lesen wir als Ausfall",
    "we read '{}' as a feature that cannot be deployed": (
        "„{}“ lesen wir als eine Funktion, die nicht in Betrieb gehen kann"
    ),
    "we read '{}' as severely degraded": "„{}“ lesen wir als starke Beeinträchtigung",
    "we read '{}' as limited impact": "„{}“ lesen wir als begrenzte Folgen",
    "we read '{}' as a workaround that holds": "„{}“ lesen wir als Umgehung, die hält",
    "the customer asked for it": "Sie haben darum gebeten",
    "an engineer set it from your description": "unsere Technik hat sie nach Ihrer Beschreibung gesetzt",
    "a workaround is in place": "es gibt eine Umgehung",
    "the workaround failed": "die Umgehung hat nicht gehalten",
}
"""What the desk says in English, and how German says it: `{}` stands for words of somebody or names, kept as they are,
`{said}` for a saying within."""
