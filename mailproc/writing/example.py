"""An invented policy and request: what sample letters are about, where no policy of the house is named."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailproc.desk.decision import AskedItem
from mailproc.desk.digests.overview import BREACHED, DUE, WAITING, Bar, Entry, Load, Overview, Section
from mailproc.desk.events import ArrivedFile
from mailproc.desk.policy import Goal, ItemTexts, Level, LevelTexts, Policy, Requirement, Target, Texts
from mailproc.desk.request import ServiceRequest

ITEMS = (
    Requirement(
        id="description",
        label="Detailed description of the issue",
        why="what is wrong, and how you see it",
        how="What happens and the exact message",
    ),
    Requirement(
        id="timeline",
        label="Time line of the problem",
        why="we look for the same moments in the logs",
        how="When it began and when it was seen again, with your time zone",
    ),
    Requirement(
        id="troubleshooting",
        label="Troubleshooting already completed",
        why="so that we do not ask you to repeat it",
        how="What you tried or ruled out; “nothing yet” is an answer",
    ),
    Requirement(
        id="tech-support",
        label="show-tech-support output",
        why="it shows the state of every module",
        how="On the CPM type  show tech-support  and save what it prints",
        given_by="files",
        kinds=("show-tech-support",),
        each_chassis=True,
    ),
    Requirement(
        id="log-messages",
        label="/var/log/messages files",
        why="they tell what happened before the problem",
        how="Copy  /var/log/messages  from the CPM",
        given_by="files",
        kinds=("log-messages",),
    ),
    Requirement(
        id="business-impact",
        label="Business impact",
        why="it decides how urgently we work on this",
        how="Who is affected and how (users, sites, revenue, deadlines); “none” is an answer",
    ),
    Requirement(
        id="recent-changes",
        label="Recent upgrades or downgrades",
        why="many problems begin with a change",
        how="Hardware or software, what and when; “none” is an answer",
    ),
    Requirement(
        id="console-output",
        label="Console output of the CPM or APM",
        why="it shows what a module says before it stops",
        how="Connect a serial console and save what it prints",
        given_by="files",
        kinds=("console-output",),
        optional=True,
    ),
    Requirement(
        id="traces",
        label="TCPDump or other packet trace",
        why="it shows what really passes the wire",
        how="Type  tcpdump -s 0 -w trace.pcap  while the problem shows",
        given_by="files",
        kinds=("packet-trace",),
        optional=True,
    ),
)

IN_GERMAN = Texts(
    levels={
        1: LevelTexts(name="kritisch", definition=("Netz oder Anwendung stehen still, und es gibt keine Umgehung",)),
        2: LevelTexts(
            name="hoch",
            definition=("Dauernde oder häufige Instabilität", "Eine Funktion kann nicht in Betrieb genommen werden"),
        ),
        3: LevelTexts(name="mittel"),
    },
    goals={
        "Replacement of hardware": "Tausch der Hardware",
        "the service plan": "nach Ihrem Servicevertrag",
        "Temporary product fix": "Vorläufige Korrektur",
    },
    requirements={
        "description": ItemTexts(
            label="Genaue Beschreibung der Störung",
            why="was nicht geht, und woran Sie es sehen",
            how="Was geschieht, und die Meldung im Wortlaut",
        ),
        "timeline": ItemTexts(
            label="Zeitlicher Verlauf",
            why="wir suchen dieselben Zeitpunkte in den Protokollen",
            how="Wann es begann und wann es wieder auftrat, mit Ihrer Zeitzone",
        ),
        "troubleshooting": ItemTexts(
            label="Was Sie schon versucht haben",
            why="damit wir Sie nicht bitten, es zu wiederholen",
            how="Was Sie versucht oder ausgeschlossen haben; „noch nichts“ ist eine Antwort",
        ),
        "tech-support": ItemTexts(
            label="Ausgabe von show-tech-support",
            why="sie zeigt den Zustand jedes Moduls",
            how="Auf dem CPM  show tech-support  eingeben und die Ausgabe speichern",
        ),
        "log-messages": ItemTexts(
            label="Dateien /var/log/messages",
            why="sie erzählen, was vor der Störung geschah",
            how="Vom CPM  /var/log/messages  kopieren",
        ),
        "business-impact": ItemTexts(
            label="Auswirkung auf das Geschäft",
            why="davon hängt ab, wie dringend wir daran arbeiten",
            how="Wer betroffen ist und wie (Personen, Standorte, Umsatz, Termine); „keine“ ist eine Antwort",
        ),
        "recent-changes": ItemTexts(
            label="Letzte Änderungen an Hardware oder Software",
            why="viele Störungen beginnen mit einer Änderung",
            how="Was geändert wurde, und wann; „keine“ ist eine Antwort",
        ),
        "console-output": ItemTexts(
            label="Konsolenausgabe von CPM oder APM",
            why="sie zeigt, was ein Modul meldet, bevor es stehen bleibt",
            how="Eine serielle Konsole anschließen und die Ausgabe speichern",
        ),
        "traces": ItemTexts(
            label="Paketmitschnitt",
            why="er zeigt, was wirklich über die Leitung geht",
            how="Während der Störung  tcpdump -s 0 -w trace.pcap  eingeben",
        ),
    },
)

POLICY = Policy(
    name="x-series",
    title="X-Series Case Handling",
    phone_levels=(1, 2),
    levels={
        1: Level(
            name="Critical",
            definition=("Network or application is down and there is no workaround",),
            response=Target(amount=0, unit="minutes"),
            escalation=Target(amount=2, unit="hours"),
            update=Target(amount=1, unit="hours"),
        ),
        2: Level(
            name="High",
            definition=("Continuous or frequent instability", "A feature, function or capability cannot be deployed"),
            response=Target(amount=2, unit="hours"),
            escalation=Target(amount=24, unit="hours"),
            update=Target(amount=1, unit="days"),
            restoration=Target(amount=72, unit="hours"),
            goals=(
                Goal(name="Replacement of hardware", by="the service plan", names_plan=True),
                Goal(
                    name="Temporary product fix",
                    earliest=Target(amount=5, unit="days"),
                    latest=Target(amount=10, unit="days"),
                ),
            ),
        ),
        3: Level(name="Medium", definition=(), hours="business", response=Target(amount=8, unit="business hours")),
    },
    requirements=ITEMS,
    texts={"de": IN_GERMAN},
)


def request_of(policy: Policy, opened: datetime, level: int) -> ServiceRequest:
    """A request by this policy of which half has arrived: of two chassis one's files, of the words the first half."""
    told = [one.id for one in policy.requirements if not one.optional and one.given_by == "words"]
    filed = [one for one in policy.requirements if not one.optional and one.given_by == "files"]
    half = (len(told) + 1) // 2
    pair = [one.id for one in filed if one.each_chassis]
    given = (*told[:half], *(one.id for one in filed if one.id not in pair[:1]))
    missing = (*pair[:1], *told[half:])
    return ServiceRequest(
        number="2-000000042",
        mailbox="xseries",
        policy=policy.name,
        region="apac",
        subject="APM 4 reloads every hour",
        customer="mei.chan@harbour.example",
        customer_name="Mei Chan",
        organisation="Harbour Freight",
        level=level,
        level_because="we read 'drops every hour' as continuous or frequent instability",
        opened=opened,
        linked="2-000000017",
        supplied=tuple((item, "from your mail: 'we moved it to slot 5, the same'") for item in given),
        probable=tuple(told[half - 1 : half]) if half > 1 else (),
        missing=tuple(one.id for one in policy.requirements if one.id in missing),
        files=tuple(file for one in filed for file in _files(one)),
        dbha=bool(pair),
        flags=frozenset({"phone-follow-up", "level-contradicted"}),
    )


def contacts(language: str) -> tuple[AskedItem, ...]:
    """What a customer who asks for the duty manager is asked for."""
    labels = ("Ansprechpartner: Telefonnummer", "Vertretung")
    if language != "de":
        labels = ("Primary contact: telephone number", "Alternative contact")
    return tuple(AskedItem(id=one, label=one, why="", how="") for one in labels)


def _files(item: Requirement) -> tuple[ArrivedFile, ...]:
    """What came for an item that files give: of one chassis, and a second one that does not serve."""
    kind = item.kinds[0]
    good = ArrivedFile(name=f"{kind}.txt", digest=f"{kind}-a", inside="logs.zip", kind=kind, host="hk-a", serial="HK0A")
    where = f"comes from the same chassis as logs.zip / {kind}.txt"
    copy = ArrivedFile(name=f"{kind}-2.txt", digest=f"{kind}-b", kind=kind, problem=where)
    return (good, copy) if item.each_chassis else (good,)


def overview(now: datetime) -> Overview:
    """What a digest tells, on a day with something of everything."""
    late = Bar(clock="response", percent=140, due=now - timedelta(minutes=48), late=True)
    ahead = Bar(clock="escalation", percent=9, due=now + timedelta(hours=22))
    site = Entry(number="2-000000042", level=2, subject="APM 4 reloads every hour", customer="Harbour Freight")
    owned = replace(site, number="2-000000051", customer="Pine County 911", subject="X60 dark", owner="Alice Ndiaye")
    return Overview(
        region="apac",
        place="Hong Kong",
        open=5,
        sections=(
            Section(
                title=BREACHED,
                entries=(
                    replace(
                        site,
                        what="response target passed, not phoned, nobody owns it",
                        bars=(late, ahead),
                        answer="#assign NAME",
                    ),
                ),
                more=tuple(
                    Entry(number=f"2-0000000{one}", level=2, subject="Failover", customer="Harbour Freight", what=why)
                    for one, why in ((44, "response target passed"), (47, "escalation target passed, not phoned"))
                ),
            ),
            Section(
                title=DUE,
                entries=(replace(owned, what="update due", bars=(replace(ahead, clock="update"),), answer="#ack"),),
            ),
            Section(
                title=WAITING,
                entries=(
                    replace(owned, number="2-000000038", what="waits for the customer", since=now - timedelta(days=4)),
                ),
            ),
        ),
        changes=(replace(owned, what="opened, level 1, owner Alice Ndiaye"), replace(site, what="customer wrote")),
        more_changes=3,
        loads=(Load(who="", open=3, grave=1), Load(who="Alice Ndiaye", open=2, grave=0)),
        since=now - timedelta(days=1),
        until=now + timedelta(days=1),
    )
