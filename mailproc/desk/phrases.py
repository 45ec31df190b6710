"""The words by which customers label, promise, deny and ask: data tables, by meaning.

Patterns are matched against lower-case text. English, German, French, Spanish, Portuguese and Japanese.
"""

import re

HEADINGS: tuple[tuple[str, str], ...] = (
    ("tech-support", r"show[- ]?tech|cos[- ]?tech|tech[- ]?support"),
    (
        "log-messages",
        r"/var/log|\bmessages\b(?! per)|log[- ]?files?\b|^logs?$|syslog|protokolldatei|journaux|ficheros? de log",
    ),
    (
        "console-output",
        r"\bconsole (output|log|capture)|^(serial )?console|konsole|sortie (de )?console|^consola|salida de (la )?consola|saída d[ae] consol|コンソール",
    ),
    ("traces", r"tcp ?dump|\btraces?\b|packet (trace|capture)|^captures?\b|mitschnitt|captura de (tr|pac)|パケット"),
    ("routing", r"\brout(ing|es?)\b|routen|routage|en(ca|ru)\w*amiento|\brutas\b|rot(eamento|as)|ルーティング|経路"),
    (
        "attachments",
        r"^(attached|attachments?|enclosed|att|files?|anbei|anlagen?|anhang|ci-joint|pièces? jointes?|adjuntos?|anexos?|添付)( files?)?$",
    ),
    (
        "recent-changes",
        r"\bchanges?\b|upgrade|downgrade|recent|(software|hardware) updates?|änderung|aktualisierung|changements?|mises? à jour|modifications?|cambios|actualizaci|alteraç|atualizaç|mudança|変更|更新",
    ),
    (
        "timeline",
        r"time ?line|^when\b|\bsince\b|start(ed|s)?\b|\bbegan\b|first (seen|occur|notic)|occurre|history|\bdates?\b|zeit(lich|punkt|raum|verlauf|linie)|beginn|seit|wann|verlauf|depuis|début|chronolog|quand|date d|desde|cuándo|inicio|cronolog|fecha|início|quando|発生日|日時|時系列|いつ",
    ),
    (
        "troubleshooting",
        r"trouble[- ]?shoot|\btried\b|\bsteps\b|\b(did|done)\b|(already|have) (checked|tested)|^checked|actions? taken|\bchecks?\b|attempt|diagnos|versucht|gemacht|maßnahme|unternommen|geprüft|fehlersuche|essay|tests? |déjà|mesures prises|dépannage|intentad|realizad|acciones|pruebas|comprobaci|tentad|tentativ|já (feit|test)|testes|verificaç|試した|対応|切り分け|確認済",
    ),
    (
        "business-impact",
        r"impact|affected|who (suffers|is hit)|consequence|auswirkung|betroffen|geschäft|conséquence|gêne|afectad|impacto|consecuenc|afetad|影響",
    ),
    (
        "alternate-contact",
        r"alternat|alternativ|back-?up contact|(second|other|deputy|substitute|another) (contact|person)|second desk|if (i|she|he|they) .*(not|n't)|no answer|vertret|ersatz|zweit(er)? (kontakt|ansprech)|remplaçant|suppléant|autre contact|suplente|substitut|代理|代替",
    ),
    (
        "contact-phone",
        r"\b(tele)?phone|\btel\b|mobile|call[- ]?back|\bcell\b|telefon|téléphone|portable|teléfono|móvil|celular|電話|rückruf",
    ),
    ("contact-email", r"e-?mail|^mail\b|courriel|correo|メール"),
    (
        "sr-number",
        r"service request|\bsr\b|case (number|no|id)|ticket|vorgang|numéro de (dossier|cas)|número de(l)? (caso|chamado)|チケット",
    ),
    (
        "contact-name",
        r"contact|\bname\b|ansprechpartner|kontakt|interlocuteur|\bnom\b|nombre|contato|\bnome\b|担当|氏名|連絡先",
    ),
    (
        "product",
        r"product|appliance|\bmodel\b|serial|\bs/n\b|software|version|firmware|hardware|gerät|modell|seriennummer|produkt|produit|modèle|équipement|n° de série|numéro de série|producto|modelo|equipo|número de serie|versión|produto|número de série|versão|製品|型番|シリアル|バージョン",
    ),
    (
        "environment",
        r"deploy|environment|topolog|set-?up|configuration|architecture|umgebung|einsatz|betriebsart|aufbau|déploie|environnement|despliegue|entorno|implementaci|implanta|ambiente|構成|環境",
    ),
    (
        "site",
        r"company|\bsite\b|location|customer|organi[sz]ation|\bwhere\b|firma|standort|unternehmen|kunde|société|entreprise|établissement|emplacement|empresa|sede|sitio|ubicación|cliente|localização|unidade|会社|拠点|所在地|お客様",
    ),
    (
        "level",
        r"severity|priority|\bsev\b|schweregrad|priorität|gravité|priorité|niveau|severidad|prioridad|gravedad|severidade|prioridade|重要度|優先度|深刻度",
    ),
    (
        "description",
        r"descri|problem\b|problème|problema|\bissue|symptom|what (happens|is wrong|is happening)|fault|error|beschreib|fehler|störung|symptôme|panne|síntoma|incidencia|avería|fallo|sintoma|falha|障害|内容|症状|事象|不具合|comment|request$|question|details?$",
    ),
)
"""Topic and the words of a label that name it; the first that fits is taken."""

PROMISE = (
    r"\b(will|'ll|’ll|shall|going to)\b[^.]{0,60}\b(send|provide|upload|attach|follow|give|tell|let you|collect|forward|supply|deliver|get (it|them|you|back)|ask|find out|come back|be sent|submit|call you back with|check|bring|mail|have (it|them)|look (it|that) up)\b"
    r"|\b(to|will) follow\b|\bfollows? (later|soon|tomorrow|shortly|separately|on )|\bfollowing later|\blater (today|this|tonight)\b|\b(tbd|tba|tbc|to be (determined|confirmed|assessed|announced|advised))\b"
    r"|\bas soon as (i|we|he|she|they|possible|my|it is|that is|the (shift|office|file|files|server) )|\bonce (i|we|they|he|she) (am|are|is|have|has|let|get|can)\b|\bwhen (i|we) (am|are|get|have)\b[^.]{0,30}\b(back|site|access|desk|office)\b|\bcoming (soon|later|tomorrow)\b|\bstill (collecting|gathering|waiting for|running)\b"
    r"|\b(files?|logs?|rest|details|them|answers?|output|dump|data|capture)\b[^.]{0,30}\btomorrow\b|^\W*(\w+ ){0,3}tomorrow\W*$|\bon its way\b|\bin (the|my|our) next mail\b|\bcan send\b|\bget (you|them|it) (the |to you)|\bhappy to (send|provide)\b"
    r"|\b(folgt|folgen|reiche[n]? .{0,80}\bnach|nachreichen|nachliefern|liefer\w* .{0,60}\bnach|morgen schick|schick\w+ .{0,40}(später|morgen)|sende\w* .{0,40}(später|morgen))\b"
    r"|\b(enverr\w+|envoie dès|suivr\w+|dès que|plus tard|transmett?r\w+|ferai parvenir|à suivre|demain)\b"
    r"|\b(enviar(é|emos|ei)|mandar(é|emos|ei)|adjuntar(é|emos)|en cuanto|más tarde|mañana (le|lo|los|se)|a la brevedad|assim que|mais tarde|amanhã|em breve|seguirá|vou enviar)\b"
    r"|(後ほど|のちほど|後日|追って|明日)"
)
"""Something that comes later: it gives nothing now."""

IGNORANCE = (
    r"\bno idea\b|\b(do not|don't|don’t|dont|does not|doesn't|cannot|can't|can’t|could not|couldn't|not able to|unable to) (yet )?(know|say|tell|find (that|it|out)|judge|assess)\b"
    r"|\bnot (sure|known|yet (known|assessed|clear|checked|analysed|analyzed|collected))\b|\bunknown\b|\bunclear\b|\b(have|need|had) to (ask|check with|find out)\b|\bask (him|her|them|my|our|the|mr|ms|mrs|dr)\b"
    r"|\b(he|she|they|kim|colleague|manager) (would|will|might|may|should) know\b|\byou have (it|that|this|all|everything|them)\b[^.]{0,20}\b(from|on|already)?\b|\bon file\b|\bas (before|discussed|described|in my|in the previous|already)\b"
    r"|\b(like|as) i (wrote|said|told)\b|\bsee (my |the )?(previous|earlier|last|other|first|original|old|below|phone|ticket|case)\b|\b(same|usual) (thing|trouble|problem|story|issue)s? (as|like|again|only)\b|\bthe usual (trouble|problem|issue)|\bsame (as|like) (before|last|in|always|usual)|\bdo(es)? not have (any |the )?[^.]{0,40}(information|details|yet|numbers)\b|\bplease wait\b|\b(still|yet|remains|reste|noch) (to be|zu|à) (assess|evaluat|work|determin|klär|ermittel|évalu|détermin)\w*|\bnothing to add\b|\bi (left|leave) (it|this|that) (empty|blank|open)\b"
    r"|\bpassed? (it|this|that|the question)? ?on to\b|\bi ask the\b|\bhave asked\b|\bwaiting for (an answer|the answer|him|her|them|my|our)\b|\bnot (my|our) (area|field|department)\b|\bno information\b|\bfill(ed)? in later\b|\bunder (investigation|review|assessment)\b"
    r"|\b(keine ahnung|weiß (ich |es |man )?(leider |noch |derzeit )?nicht|nicht bekannt|unbekannt|noch (unklar|offen|nicht (bekannt|geklärt|ermittelt))|wissen wir (leider |noch )?nicht|muss ich .{0,30}fragen|siehe (oben|letzte|vorherige))\b"
    r"|\b(ne sais pas|ne savons pas|aucune idée|inconnu|à déterminer|à préciser|pas encore (évalué|connu)|il faudrait (que je )?demande|voir (mail|message) précédent)\b"
    r"|\b(no (lo )?s(é|abemos)|ni idea|desconocid|por (determinar|confirmar|definir)|a definir|não (sei|sabemos)|desconhecid|tengo que preguntar|preciso perguntar)"
    r"|(不明|わかりません|分かりません|未定|確認中|調査中)"
)
"""The writer does not know, or points to somebody or somewhere else."""

EMPTY_ANSWER = re.compile(
    r"^[\s\W_]*(n/?k|tbd|tba|pending|see above|siehe oben|voir ci-dessus|to be filled.*|please fill.*|your answer.*|optional|if (available|any|applicable)|bitte .*ausfüllen|\.{2,}|x+)?[\s\W_]*$",
    re.IGNORECASE,
)
"""An answer that is none: dots, dashes, a question mark, "pending"."""

NOTHING = re.compile(
    r"^\W*(none|no(?!\.|t\b)|nothing|nil|never|not (yet|so far|any)|n/?a|no changes?|keine?\b|nichts|nein|aucune?|rien|non|ningun[oa]?|nada|nenhum\w*|não houve|なし|無し|特になし|ありません)\b",
    re.IGNORECASE,
)
"""A plain word that there is nothing: given, where nothing is an answer."""

SALUTATION = re.compile(
    r"^\W*(dear|hi|hello|hey|good (morning|afternoon|evening|day)|greetings|guten (tag|morgen)|hallo|sehr geehrte|bonjour|bonsoir|madame|hola|buen[oa]s|estimad|olá|bom dia|boa tarde|prezad|team|to whom|morning|拝啓|お世話)\b[^.]{0,60}$",
    re.IGNORECASE,
)

CLOSING = re.compile(
    r"^\W*((many |kind |best |warm |with )*(regards|thanks( (and|&|in advance).*)?|thank you.*|wishes|greetings|cheers)|yours (sincerely|faithfully|truly)|sincerely|br|rgds|mfg|lg|vg|mit (freundlichen|besten).*|freundliche grüße|viele grüße|beste grüße|gruß|cordialement|bien (à vous|cordialement)|salutations.*|merci.*|un saludo|saludos.*|atentamente|cordialmente|gracias.*|atenciosamente|obrigad[oa].*|cumprimentos.*|abraços|以上|よろしく.*|敬具)\W*$",
    re.IGNORECASE,
)
