"""What sentences of prose say of a problem: patterns by meaning, over lower-case text."""

import re

_MONTH = (
    r"(?:jan(?:uary|uar|vier|eiro)?|feb(?:ruary|ruar)?|févr(?:ier)?|fevereiro|febrero|enero|mar(?:ch|s|zo|ço)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|maio|june?|juni|juin|junio|junho|july?|juli|juillet|julio|julho"
    r"|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?|setembro|oct(?:ober|obre|ubre)?|oktober|outubro|nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|diciembre)\b\.?"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b(?=[ ,.]+\d)|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|sexta"
_DATE = rf"\d{{4}}-\d\d-\d\d|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d\d\b(?![.\d])|(?<![\w.])\d\d\.\d\d(?:\.(?!\d)|\b(?![.\d%]))|(?<![\w.])\d{{1,2}}\.\d{{1,2}}\.(?= |$)|\b(?:on|since|from|until|le|am|el|em|du|del) (?:the )?\d{{1,2}}(?:/\d{{1,2}}|st|nd|rd|th)\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of |de |di )?{_MONTH}|\b{_MONTH}\s+\d{{1,2}}\b|\d{{1,2}}月\d{{1,2}}日"
_CLOCK = r"(?<![\w.:])\d{1,2}[:h]\d\d(?::\d\d)?(?![\w:])|\b\d{1,2}\.\d\d ?(?:uhr|am|pm|h|hrs)\b|\b\d{3,4} ?(?:hrs|hours|utc|gmt)\b|\b(?:quarter|half|five|ten|twenty|twenty-five) (?:past|to) \w+|\b\w+ o'clock\b|\b\d{1,2}\s?(?:am|pm|a\.m|p\.m|uhr|o'clock)\b|\d{1,2}時"
_RELATIVE = (
    r"\b(?:yesterday|today|tonight|last (?:night|week|month|weekend|evening|year)|this (?:morning|afternoon|evening|week|night|weekend)|(?:an? |\d+ |two |three |few |several |some )?(?:minutes?|hours?|days?|weeks?|months?) (?:ago|now|back|in a row)|lunch(?:time)?|midnight|noon|overnight"
    r"|gestern|heute|letzte (?:nacht|woche)|vorgestern|hier|aujourd'hui|ce matin|cette nuit|la semaine dernière|ayer|anoche|hoy|esta mañana|la semana pasada|ontem|hoje|esta manhã|semana passada)\b|昨日|今朝|本日|昨夜|先週"
)
_MONTH_NAME = r"\b(?:january|february|april|june|july|august|september|october|november|december|januar|februar|märz|oktober|dezember|janvier|février|avril|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|junho|julho|setembro|outubro|novembro|dezembro)\b"
_WHEN = rf"(?:{_DATE}|{_CLOCK}|{_DAY}|{_RELATIVE}|{_MONTH_NAME})"

PAST_TIME = re.compile(_WHEN)
"""A date, a time, or a moment told relative to now."""

_SINCE_WHAT = rf"(?:about |around |approx\.? |roughly |early |late |mid-?|last |the |this |a |an |half |quarter |exactly |just (?:before|after) |at |on |ca\.? |etwa |dem |der |den |le |la |el |o |as |às |ce |cette |das |\d{{1,2}}(?:st|nd|rd|th|\.)? )*(?:{_DATE}|{_CLOCK}|{_DAY}|{_RELATIVE}|\b{_MONTH}|\d|twenty|ten|five|six|seven|eight|nine|eleven|twelve|two|three|four|one|upgrade|update|change|then|morning|evening|afternoon|night|week|weekend|reboot|maintenance|power|update|heute|gestern|hier|ayer|ontem|matin|passage|mise|actualiz|atualiz|wechsel|umstellung)"

PROBLEM_TIME = re.compile(
    rf"\b(?:since|seit|depuis|desde|ab|ever since)\s+{_SINCE_WHAT}|\b(?:from|between) (?:about |around |early )?{_WHEN}"
    rf"|\b(?:began|started|start(?:s|ing)|noticed|observed|spotted|angefangen|fing|ging es los|first (?:seen|noticed|time|occurr\w+|reset|attempt|happen\w+|report\w+|crash|reload|outage)|seen first|saw (?:it|this|that)|came up|occurred|happened|appeared|begann|beginn|erstmals|trat \w+ auf|a commencé|a débuté|apparu\w*|se apagó|apagó|empezó|comenzó|começou|iniciou|ocorreu|ocurrió)\b[^.]{{0,60}}?{_WHEN}"
    rf"|{_WHEN}[^.]{{0,60}}\b(?:began|started|first|begann|commencé|empezó|começou)\b"
    r"|\bsince (?:we|they|it|he|she|i|the \w+(?: \w+)?) (?:\w+ )?(?:put|installed|went|moved|started|got|changed|upgraded|switched|powered|was|were|took|joined|brought|replaced|did)\b|\bsince (?:delivery|day one|installation|go-?live|commissioning|(?:the )?(?:last |latest )?(?:\w+ )?update)|\bin a row\b|\bfor (?:the (?:past|last|whole)|almost|nearly|about|over|more than)?\s?(?:\w+ )?(?:\w+ )?(?:hours|days|weeks|months|minutes|week|month|day|year|years)\b(?! (?:notice|contract))"
    r"|\b(?:once|twice|three times|several times|many times|\d+(?:-\d+| to \d+)?(?: or \w+)?(?: ?x| times)?)\s?(?:/|a |an |per |every )\s?(?:hour|day|night|shift|week|morning|afternoon)"
    r"|\bevery (?:\d+|few|some|couple of|other|two|three|four|five|six|ten|fifteen|twenty|thirty|single)?(?:\s?(?:-|to) ?\d+)?\s?(?:minutes?|hours?|days?|morning|night|evening|afternoon|hour|day|working day|week|monday|tuesday|wednesday|thursday|friday)\b"
    r"|\b(?:seit|depuis) (?:heute|gestern|hier|ce|cette|lundi|mardi|\w+tag)|\b(?:mal|fois|veces|vezes) (?:am|pro|par|al|por) (?:tag|stunde|jour|heure|día|hora|dia)\b|から|以降"
)
"""When the problem began, since when it lasts, or how often it is seen."""

SYMPTOM = re.compile(
    r"\b(?:(?:is|are|was|were|will|would|has|have|does|do|did|can|could) not|cannot|\w+n['’]t|sluggish|crawl\w*|bounc\w+|on its own|by itself|goes? (?:away|into|to)|went (?:away|into|to|off)|odd\w*|strange\w*|still (?:enforc|show|us|point)\w*|nothing (?:is )?gett?\w*|fail(?:s|ed|ing|ure|ures|over)?|crash\w*|reboot(?:s|ed|ing)?|re-?starts?\b|restarted|restarting|reload(?:s|ed|ing)?|reset(?:s|ting)?|resetting|drop(?:s|ped|ping)?|flap(?:s|ped|ping)?|flips?|hang(?:s|ing)?|hung|freez\w+|froze\w*|stuck|loops?|looping|panic\w*|down|offline|dead|died|dies|loss|los(?:e|es|t|ing)|leak\w*|slow\w*|latenc\w+|delay\w*|timeout|times? out|timed out|timing out|error\w*|exception\w*|refus\w+|reject\w*|deni(?:es|ed)|block(?:s|ed|ing)|stop(?:s|ped|ping)?|broken|corrupt\w*|wrong\w*|incorrect\w*|missing|mis(?:match|spelt|spelled|take)\w*|unreachable|unavailable|unresponsive|not (?:work|respond|answer|come|start|boot|load|forward|pass|sync|reach|match|appear|show|take|apply|accept)\w*|(?:can ?not|can't|can’t|could not|couldn't|unable|never|no longer|impossible|does not|doesn't|doesn’t|do not|don't|won't|would not|refuses|did not|didn't)\b|100 ?%|9\d ?%|high cpu|killed|degraded|duplicat\w*|out of (?:memory|sync)|wait\w*|hours? to|instead of|segfault\w*|prevents?|blank|red led|spikes?|climbs?|overload\w*|let go|disappear\w*|vanish\w*|gone|twice as long|goes? up"
    r"|startet .{0,40}neu|neustart\w*|stürzt|absturz|abstürze|ausfall|ausgefallen|fällt .{0,40}aus|fehler\w*|nicht mehr|reagiert|langsam\w*|hängt|bricht|verlier\w+|funktioniert nicht|kann nicht|können nicht|lässt sich nicht"
    r"|redémarr\w+|plant\w+|panne|erreur\w*|lent\w*|lenteur|coup\w+|perd\w*|échou\w*|échec|bloqu\w+|ne (?:répond|fonctionn|marche|peu)\w*|met entre|indisponible|tomb\w+"
    r"|reinici\w+|falla\w*|fallo\w*|error\w*|lent[oa]s?|caíd\w+|cae\w*|pierd\w+|no (?:respond|funcion|arranc|levant|enciend|carg|permit|dej|pued)\w*|apag\w+|detenid\w+|ningún led|bloque\w+|cuelg\w+"
    r"|travad?\w*|cai\w*|queda\w*|falh\w+|erro\w*|não (?:respond|funcion|inici)\w*|perd\w+|lentid\w+)\b|再起動|停止|障害|エラー|失敗|遅い|できません|切れ|ません"
)
"""Something is not as it should be."""

TECHNICAL = re.compile(
    r"\b(?:x-?(?:20|30|40|45|50|60|80)(?:-s)?|c-?(?:2|3|6|10|25|30)\d?|[can]pm(?:-?\d{1,4})?|xos|cos|sgos|vap(?:-group|s)?|(?:proxy)?sg\s?-?\d{2,4}\w*|sg|proxysg|proxyav|packetshaper|packetwise|cacheflow|reporter|director|bcaaa|slots? \d+|fabric|vrrp|failover|heartbeat|circuit\w*|vlan\w*|interface\w*|eth\d|gigabit\w*|port \d+|nic|link|lacp|bond\d?|lag|mtu|ospf|bgp|route\w*|arp|icmp|tcp|udp|https?|ssl|tls|tls ?1\.\d|dns|ftp|sftp|scp|ssh|snmp|syslog|icap|ntlm|kerberos|iwa|ldap|radius|cpu|memory|ram|disk|flash|raid|kernel|core dump|process|daemon|cbs\w+|bios|boot\w*|firmware|packet\w*|sessions?|connections?|flows?|throughput|mbit|gbit|mb/s|policy|policies|rule\w*|firewall|check ?point|sourcefire|ips|management console|cli|gui|web interface|page|log\w*|event log|certificate|handshake|authentication|realm|url|pac|wccp|virtual ip|cluster|upload\w*|download\w*|request|response|cache|object|gateway|dhcp|server|syntax|menu|field|column|button|list|option|csv|configuration guide|guide|manual|command|sensor\w*|fan|banner|element manager|greenlight|dbha|release|upgrade|load[- ]priority|priority of a|optics|ports?|vsx|login|admin|ssh|core file|no space left|watchdog|website\w*|urls?|categor\w+|viewer|reverse proxy|keyrings?|ca|shap\w+|wan|cifs|nat|acl|tunnel\w*|vpn|ipsec|qos|queue\w*|buffer\w*|snmpd|fwd|prozess\w*|arp|mirror|bypass|licen[cs]e\w*|timestamp|ntp|regex|filter\w*|script\w*|table|tabla|gem|smartdashboard|vaps?|member|power supply|module\w*|chassis|steckplatz|gehäuse|konsole|boîtier|journal|module|chasis|ranura|consola|módulo|スロット|シャーシ|モジュール|ログ|カーネル)\b|\"[^\"]{6,}\"|“[^”]{6,}”|「[^」]{4,}」|\b\d+(?:\.\d+)? ?(?:%|mb|gb|ms|mbit)|\b\w+_\w+\b|\b\d+\.\d+\.\d+"
)
"""Words that only somebody uses who looks at the thing itself; a quoted message counts too."""

_ACTION = r"(?:tried|re-?started|re-?booted|re-?loaded|replaced|swapped|exchanged|re-?seated|moved|checked|double-checked|verified|power[- ]?cycled|pulled|unplugged|re-?plugged|tested|disabled|enabled|re-?set|cleared|flushed|rolled back|reverted|reduced|raised|lowered|increased|halved|isolated|removed|re-?installed|re-?created|re-?connected|cleaned|compared|looked at|ruled out|excluded|measured|captured|forced|changed|took .{1,40}\bout|put .{1,40}\bback|switched|turned|ran|shut|bypassed|failed over|gave .{1,40}\bstart|toggled|bounced|cold[- ]?started|re-?imaged|re-?applied|rebuilt|deleted|regenerated|debugged|opened a case|restored|stopped|emptied|purged|shortened|asked check point)"

TRIED = re.compile(
    rf"\b(?:we|i|i've|we've|our \w+|my colleague|the (?:engineer|technician|operator|field engineer)s?|they)(?:,? (?:have|had|also|already|then|even|just|both|first|did|has|now|only|twice|of course|therefore)\b)*\s*{_ACTION}\b"
    rf"|(?:^|[:;,]\s*|\band )(?:already|so far|done so far|before that|also|then)\W+(?:we |i )?(?:have |had )?{_ACTION}\b(?! to (?:version|xos|sgos))"
    rf"|^\W*(?:{_ACTION}|restart of|reboot of|reload of|other cable|different cable)\b"
    rf"|\b(?:was|were|has been|have been|had been|got)\s(?:also |already )?{_ACTION}\b[^.]*\b(?:no (?:change|difference|effect|success|luck|improvement|result)|did not help|didn't help|without|still|same|in vain|helped)"
    r"|\b(?:neither|none of (?:it|that|them|this)|nothing|that|this|which|it) (?:has )?(?:helped|changed anything|made (?:a|any|no) difference)|\bdid(?:n't|n’t| not) (?:help|change anything|make (?:a|any) difference)|\b(?:no|without (?:any )?) ?(?:luck|success|difference|improvement)\b(?: (?:with|so far|either))?|\bmade no difference|\bno change after|\bsame (?:result|every time|behaviou?r)|\bto no avail|\bin vain|\bruled out|\bdone so far|\b(?:we|i|we['’]ve|i['’]ve)\b[^.]{3,80}\b(?:and|then|but) (?:then |also )?(?:still|it still|the same|no change|nothing|came back|it came back|back)\b|\b(?:we|i|we['’]ve|i['’]ve) (?:have )?[^.,;]{3,60}\band (?:then |also )?" + _ACTION + r"|\bno joy\b|\bwhat (?:i|we)(?:['’]ve| have)? (?:done|did|tried)\b|\b(?:tried|testing) (?:with|without|it|also|to|on)\b"
    r"|\b(?:wir|ich) (?:haben|habe) [^.]{0,80}\b(?:neu gestartet|getauscht|ausgetauscht|geprüft|gezogen|neu gesteckt|getestet|versucht|deaktiviert|zurückgesetzt|überprüft|ersetzt)|\b(?:gezogen|getauscht|geprüft|neu gestartet|neu gesteckt|ausgetauscht|getestet|ersetzt)\b.*|\bhaben wir (?:\w+ ){0,4}(?:ein|aus|ab)geschaltet|\bohne erfolg|\bhat nichts (?:gebracht|geändert)|\bkeine (?:besserung|änderung|veränderung)"
    r"|\b(?:nous avons|j'ai|j’ai|on a) (?:déjà |aussi )?(?:redémarr|remplac|vérifi|essay|test|chang|désactiv|réinitialis|débranch|échang|contrôl)\w+|\bsans (?:succès|effet|amélioration|résultat)"
    r"|\b(?:hemos|he|ya) (?:reiniciado|cambiado|probado|verificado|comprobado|reemplazado|revisado|desactivado|intentado)|\b(?:reiniciamos|cambiamos|probamos|verificamos|comprobamos|reemplazamos|revisamos|desactivamos|sustituimos)\b|\bsin (?:éxito|resultado|cambio)"
    r"|\b(?:reiniciámos|trocámos|trocamos|testamos|testámos|substituímos|verificámos|já (?:reinici|troc|test|verific|tent)\w+)\b|\bsem (?:sucesso|resultado|efeito|melhora)|(?:再起動|交換|確認|変更|試し)(?:を)?(?:しました|しましたが|済み|ました)|改善(?:しません|されません|なし)"
)
"""A step somebody took to find or cure the fault."""

NOTHING_TRIED = re.compile(
    r"\bnot (?:yet )?(?:looked|investigated|gone) (?:into|at|further)|\b(?:have not|haven't|haven’t|has not|did not|didn't|not) (?:yet )?(?:tried|touched|done|attempted|checked|changed) (?:anything|it|any)|\bnothing (?:has been |was |is )?(?:yet )?(?:tried|done|attempted)|\bno trouble-?shooting\b|\bnot tried anything"
    r"|\b(?:noch nichts|nichts) (?:unternommen|versucht|gemacht|probiert)|\brien (?:tenté|essayé|fait)|\bno hemos (?:probado|intentado|hecho) nada|\bnada (?:foi )?(?:tentado|feito)|何も(?:試し|し)て(?:い)?ません"
)
"""A plain word that nothing was tried."""

_VERSION = r"(?:xos|cos|sgos|r|v)?\s?\d+(?:\.\d+)+\w*"

CHANGE = re.compile(
    rf"\b(?:was|were|been|we|i|they|got|have|had|has|just|who|team|colleagues?|after|box|chassis|both|boxes)\b[^.?]{{0,40}}\b(?:up-?graded|down-?graded|updated|patched|re-?imaged|migrated|swapped|replaced|installed|moved to (?:xos|sgos|cos)|went (?:from|to))\b[^.?]{{0,80}}(?:{_VERSION}|{_DATE}|{_DAY}|{_RELATIVE}|\b{_MONTH})"
    rf"|\b{_VERSION}\s*(?:->|→|=>|to|auf|nach|vers|à|a|para)\s*{_VERSION}"
    rf"|\b(?:up-?grad\w*|down-?grad\w*|updated|patched|re-?imaged|hot-?fix\w*|went|came|moved) (?:\w+ ){{0,4}}(?:from |to |with )(?:{_VERSION}|xos|sgos|cos|build|version)"
    rf"|\b(?:{_WHEN})[^.?]{{0,60}}\b(?:up-?graded|down-?graded|patched|re-?imaged|swapped the|replaced the|new (?:apm|npm|cpm|module|blade))"
    rf"|\b(?:since|after|before|following|right after) (?:the|our|an?|last \w+'s) (?:\w+ ){{0,3}}(?:up-?grade|down-?grade|firmware update|software update|re-?image)\b"
    rf"|\b(?:upgrade|downgrade|hotfix|new (?:apm|npm|cpm|module)s?)\b[^.?]{{0,40}}\b(?:on|in|done|made|installed|performed)\b[^.?]{{0,20}}(?:{_DATE}|{_DAY}|{_RELATIVE}|\b{_MONTH})"
    rf"|\b(?:aktualisiert|hochgezogen|upgedatet|eingespielt|eingebaut|einspielen)\b|\b(?:mis(?:e)? à jour|migré)\b[^.?]{{0,60}}(?:{_VERSION}|{_WHEN})|\b(?:actualizamos|actualizó|se actualiz\w+|hemos actualizado|atualizamos|atualizámos|foi atualizad\w|migramos)\b|(?:アップグレード|更新|交換)(?:しました|済み|した)"
)
"""A recent upgrade, downgrade or swap of hardware or software."""

NOTHING_CHANGED = re.compile(
    r"\b(?:no|not any) (?:(?:recent|other|hardware|software|configuration|config|new|or|and|firmware) )*(?:changes?|up-?grades?|down-?grades?|updates?|modifications?)\b(?! (?:in|to) (?:the )?(?:behaviou?r|result|symptom))(?!;)|\b(?:nothing|neither)\b[^.?]{0,40}\b(?:changed|upgraded|touched|updated|modified|replaced|swapped)\b|\b(?:xos|sgos|cos|software|hardware|firmware|config\w*) (?:is |was |has been |has )?(?:untouched|unchanged|not (?:been )?(?:touched|changed))|\b(?:it|system|box|chassis|appliance|xos|sgos|cos|software|firmware|hardware|config\w*|release|version)\b[^.]{0,30}\bnot (?:been )?(?:changed|upgraded|touched|updated)\b(?! by)|\b(?:untouched|unchanged) (?:since|for)|\bno one (?:has )?(?:changed|touched)|(?:n['’]t|\bnot|\bnever) (?:been )?(?:recently |lately )?(?:modified|altered|upgraded|downgraded|patched|replaced)\b|(?:n['’]t|\bnot) (?:been |had |made |done |seen )(?:any )?(?:\w+ )?(?:upgrade|downgrade|change|update|patch)|\bno (?:new )?(?:patch\w*|cards?|modules|parts|fixes|hotfix\w*)\b|\bas (?:they were|it was|they|it) (?:delivered|installed|shipped)|\bnothing new\b|\bsame (?:release|version|software|firmware)\b[^.]{0,30}\b(?:since|for|as)|\bnothing (?:was |has been |is )?(?:altered|different)|\bwithout any (?:change|upgrade)|\b(?:last|latest) (?:change|upgrade) (?:was|is)\b"
    r"|\bkeine (?:\w+ )?(?:änderung|upgrade|update)\w*|\bnichts (?:geändert|verändert|umgebaut|aktualisiert)|\bgeändert (?:wurde|haben wir|hat sich) nichts|\bunverändert\b|\baucune? (?:modification|changement|mise à jour|évolution)|\brien n'a (?:été )?(?:changé|modifié)|\b(?:sin|ningún|no (?:hubo|ha habido|hay)) (?:\w+ )?(?:cambios?|actualizaci\w+)|\b(?:sem|nenhuma|não houve) (?:\w+ )?(?:alteraç\w+|mudança\w*|atualizaç\w+)|変更(?:は)?(?:なし|ありません|していません)"
)
"""A plain word that nothing was changed."""

PEOPLE = re.compile(
    r"\b(?:users?|people|persons?|staff|employees|colleagues|customers?|clients?|agents?|tellers?|branch(?:es)?|offices?|stores?|shops?|(?:our|both|remote|\d+) sites|(?:our|whole|entire) site|hospitals?|wards?|patients?|doctors?|nurses?|students?|teachers?|pupils|passengers?|trains?|flights?|terminals?|stations?|plants?|factor(?:y|ies)|warehouses?|lorries|trucks?|parcels?|trading|traders?|call[- ]?cent(?:re|er)s?|business|production|revenue|sales|turnover|orders?|payments?|payroll|invoices?|money|bank\w*|atms?|departments?|teams?|deadlines?|opening|go-?live|auditors?|campus|school\w*|library|citizens|residents|subscribers|viewers|managers|board|underwriters|volunteers|accounting|finance|claims?|radiology|laborator\w*|dispatch\w*|telemetry|control (?:room|centre|center)|operators?|handlers|buildings?|company|everyone|everybody|nobody|no one|headquarters|commission|penalt\w+|contract\w*|sla|checkouts?|tills?|web ?shop|booking\w*|reservations?|tickets?|exams?|emergency|911|112|ambulance\w*|mining|crew|ships?|harbou?r|hotel\w*|guests?|developers|engineers|rooms?|half of|thousands|hundreds|(?:our|the|all|\d[\d.,' ]*) (?!routers|servers|drivers|adapters|errors|sensors|counters|headers|buffers|timers|members|numbers|parameters|filters|processors|controllers|monitors|clusters|connectors|transceivers|fibers|others|layers|folders|readers|loggers|browsers|containers|registers|pointers|orders|brokers|engineers|suppliers|dealers|errors|vectors|mirrors|operators|reporters|managers|manuals|trailers|papers|offers|helpers|resolvers|hypervisors|firewalls|peers|carriers|vendors|characters|letters|meters)\w{3,}(?:ers|ors|ants|ists|ees|ores|eurs|ianos)|\d[\d.,']* (?:users|people|seats|desks|workplaces|clients|sites|workers))\b"
    r"|\b(?:mitarbeiter\w*|benutzer\w*|anwender\w*|kund\w+|kolleg\w+|filialen?|standorte?|werke?|produktion|leitwarte|umsatz|patienten|niederlassung\w*|abteilung\w*|schüler|bürger\w*|utilisateurs?|personnes|employés|collaborateurs|clients?|agences?|magasins?|usines?|comptabilité|production|patients|élèves|usuarios?|personas|empleados|clientes|mina|planta|hospital|puerto|operación|colegio|sucursal\w*|tiendas|oficinas?|fábrica|producción|ventas|pacientes|alumnos|utilizadores|usuários|pessoas|funcionários|filiais|lojas|agências|produção|vendas|fábricas?|escritório\w*)\b|利用者|ユーザ|社員|従業員|業務|拠点|店舗|顧客|お客様|生産|工場|名が"
)
"""Who or what in the business is concerned."""

HARM = re.compile(
    r"\b(?:can ?not|can't|can’t|cannot|could not|couldn't|unable|los(?:e|es|t|ing)|loss|without|stop(?:s|ped)?|stand(?:s|ing)? still|standing|down|offline|wait\w*|slow\w*|cut|interrupt\w*|unreachable|late|delay\w*|penalt\w+|at stake|complain\w*|affect\w*|suffer\w*|dark|gone|dangerous|postpon\w+|cancel\w*|idle|stuck|longer|fail\w*|impact\w*|hit|miss\w*|backlog|blocked|unavailable|no (?:access|internet|connection|service|way|sales|mail|phones?)|not (?:able|been able|work|reach|be)\w*|sent home|sending .{0,20}home|drop\w*|cost\w*|risk\w*|threaten\w*|queue\w*|thrown out|logged off|key\w* .{0,20}again|log in again|sluggish|phon\w+ in|by telephone|break(?:s|ing)? (?:up|off)|not amused|went silent|gone silent|diverted|diverting|overtime|have to|had to|by hand|on paper|manually|stand in|has been sorted|due|hangs off|open(?:s|ing)? on|jeopard\w+|(?:nobody|no one|none)\b[^.]{0,40}\b(?:can|could|able|gets?|has (?:been|access|internet|any))|prevent\w*|keeps? us from|hinder\w*|hamper\w*|latency|impossible|struggl\w*|frustrat\w*|nervous|disconnect\w*|kicked|logged out|hours? of|per hour|every hour)\b"
    r"|\b(?:nicht|ohne|verlier\w+|ausfall|steht still|stehen|warten|langsam\w*|betroffen|beeinträcht\w+|verzöger\w+|perd\w*|sans|ne (?:peu|fonctionn)\w*|attend\w*|lent\w*|impact\w*|bloqu\w+|touch\w+|retard\w*|sin|no (?:pued|tien)\w*|pierd\w+|afectad\w*|detenid\w*|parad\w*|lent\w*|esper\w+|sem|não (?:consegu|pod)\w*|perd\w+|afetad\w*|atras\w*)\b|できません|影響|停止|遅れ|困って"
)
"""How it suffers."""

HARMLESS = re.compile(
    r"\bno (?:business |real |direct |immediate |production |user )*(?:impact|effect|consequence)s?\b|\bno(?:body|ne| one)(?: else)?(?: of \w+)? (?:is|was|are|has been|at all is) (?:affected|impacted|concerned|hit|disturbed|bothered|noticing)|\bnot (?:affecting|impacting) (?:any|our|the|production)|\bno (?:users?|customers?|production|traffic|service|one)\b[^.]{0,30}\b(?:affected|impacted|concerned|runs?|on it)|\b(?:operation|business|production|service)s? (?:is|are) (?:not (?:touched|affected|impacted|impaired)|unaffected)|\busers? (?:notice|see|feel) nothing|\bonly (?:the |a |our |in the )?(?:lab|test)\b|\bnothing is (?:broken|affected)"
    r"|\bmerkt (?:das |es )?(?:keiner|niemand)|(?:n['’]t|\bnot|\bnobody|\bno one) (?:really )?(?:bother|affect|hurt|disturb|harm|concern|matter to|hinder|hamper|impact)(?:s|ed|ing)? (?:any\w*|us|our|them|business|production|users?|operations?)|\bnot a big (?:thing|deal)|\b(?:nobody|no one) (?:is )?(?:\w+ed\b|notic\w+|complain\w*|suffer\w*|hampered)|\bno harm\b|\bbusiness (?:is|goes on|runs|continues) (?:as usual|normal\w*|on)|\bkein\w* (?:geschäftlich\w+ )?(?:auswirkung|einfluss|beeinträchtigung)\w*|\bniemand (?:ist )?betroffen|\baucun(?:e)? (?:impact|conséquence|gêne)|\bpersonne n'est (?:touché|impacté)|\bsin impacto|\bning[uú]n impacto|\bno hay impacto|\bsem impacto|\bnenhum impacto|影響(?:は)?(?:なし|ありません)"
)
"""A plain word that the business does not suffer."""

ROUTE = re.compile(
    r"\b(?:static|default) (?:default )?routes?\b[^.?]{0,60}(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|to the|towards|only|via)|\b(?:default (?:gateway|gw|route)|next[- ]hop)\b[^?]{0,40}\d{1,3}\.\d{1,3}|\b(?:ospf|bgp|rip|eigrp|is-is)\b[^?]{0,60}\b(?:neighbou?rs?|area \d|as ?\d{3,}|peers?|with (?:the|two|our|both))|\b0\.0\.0\.0/0\b|\broutes? (?:are|is) (?:all )?static|\ball static\b|\bno dynamic (?:routing|protocol)"
    r"|\bstatische routen?\b|\bstandardroute\b|\broutes? statiques?\b|\broute par défaut\b|\brutas? estáticas?\b|\bruta por defecto\b|\brotas? estáticas?\b|\brota (?:padrão|por omissão)\b|静的ルート|デフォルトルート"
)
"""Routes, a protocol or neighbours, written out."""

FACT = re.compile(
    r"\d{1,3}\.\d{1,3}\.\d{1,3}|\b(?:static|default|ospf|bgp|rip|eigrp|is-is|direct(?:ly)?|connected|bridge[ds]?|none|no routing|statisch\w*|statique\w*|estátic\w*|gateway|layer ?2|l2|transparent)\b|静的"
)
"""What an answer about routing must at least hold."""

MODEL = re.compile(
    r"\b(?:proxy ?sg|sg|proxy ?av|av|asg|packet ?shaper|cache ?flow|ssl visibility|sv|content analysis(?: system)?|cas?|malware analysis|security analytics|director|reporter|bcaaa|proxy ?client|unified agent|policy ?center|intelligence ?center|x-series|c-series|k9|mach ?5|dlp|wan ?optimi[sz]\w+|webfilter|proxy ?one|management center)(?:[ -]?(?:va|s?\d{2,5}(?:-\d{1,3})?))?\b|\bS\d{3}(?:-\d\d)?\b|\b[XC]-?(?:20|25|30|40|45|50|60|80)(?:-S)?\b",
    re.IGNORECASE,
)
VERSION = re.compile(
    r"\b(?:sgos|xos|cos|avos|packetwise|os|version|software|firmware|release|ver|build|v)\b\.?\s*(?:version|is|:|v)?\s*\.?:?\s*v?\d+(?:\.\d+)+\w*|\b(?:reporter|director|bcaaa|packet ?shaper|proxy ?client|unified agent|proxysg va|version|バージョン|versión|versão|sgos|xos)\s*:?\s*v?\d+\.\d[\w.]*",
    re.IGNORECASE,
)
SERIAL = re.compile(
    r"\b(?:s/?n|serial(?: ?(?:number|no|nr|#)s?\.?)?|seriennummern?|n° de série|numéro de série|(?:número|n[ºo]\.?) de (?:serie|série))\b\.?\s*(?:is|are|:|#|=|lautet)?\s*:?\s*[\w-]*\d{4,}[\w-]*|シリアル(?:番号)?\s*[:：]?\s*[\w-]*\d{4,}",
    re.IGNORECASE,
)

DEPLOYMENT = re.compile(
    r"\b(?:in-?line|explicit\w*|explizit\w*|explicite|explícit\w+|transparent\w*|transparente|wccp|pac[- ](?:file|script|datei)|fichier pac|archivo pac|wpad|load[- ]?balanc\w+|f5|big-?ip|netscaler|cluster\w*|failover group|virtual ip|vip|virtuali[sz]ed|esxi?|vmware|hyper-v|virtual (?:appliance|machine)|reverse proxy|forward(?:ing)? host|upstream|parent proxy|proxy chain\w*|iwa|ldap|radius|kerberos|ntlm|bcaaa|realm|span port|mirror port|tap|bridg(?:e|ed|ing)|active[/ -](?:passive|active|standby)|standalone|stand-alone|single (?:unit|box|appliance)|policy[- ]based routing|pbr|behind (?:a|an|the|our)\b|in front of|dmz|wan link|branch mode|サーバ|透過|明示|クラスタ|冗長)\b"
)

TWO_CHASSIS = re.compile(
    r"\bdbha\b|\bdual[- ]?(?:box|chassis)\b|\b(?:two|both|2|pair of|couple of|zwei|beide[n]?|deux|les deux|dos|ambos|dois|2台の) (?:\w+ )?(?:x-?(?:20|30|40|45|50|60|80)(?:-s|s)?\b|chassis|chasis|gehäuse|châssis)|\bx-?(?:20|30|40|45|50|60|80)(?:-s)?(?: \w+)? (?:pair|paar|cluster)\b|\b(?:other|second|standby|twin|peer|partner|sister|secondary|zweite[ns]?|autre|segundo|otro|outro) (?:box|chassis|chasis|x-?(?:20|40|45|60|80)(?:-s)?|gehäuse|châssis)\b|\bchassis (?:a|1) (?:and|und|et|y|e|to) (?:chassis )?(?:b|2)\b|\b(?:both|two) boxes\b|\bits twin\b"
)
ONE_CHASSIS = re.compile(
    r"\bsingle[- ]chassis\b|\bonly (?:box|chassis|one chassis)\b|\bnot (?:a )?dbha\b|\bno dbha\b|\bone chassis only\b|\bonly one (?:chassis|box)\b|\bdbha\W{1,3}no\b"
)

REQUEST = re.compile(r"^\W*(?:please|kindly|enclosed|attached|call|could you|can you|pls|bitte|anbei|merci de|veuillez|ci-joint|por favor|adjunto|segue)\b")
"""A sentence that asks for help or hands something in: it describes nothing."""

WANTED = re.compile(
    r"\b(?:can|could|how|is (?:it|there)|would like|want|wish|need|add|option|request|instead|should|possible|says?|offers?|support|missing|nothing with|whether|allow|wie|möchte|comment|voudrais|souhait\w+|cómo|quisiera|como|gostaria)\b|ほしい|たい"
)
"""A how-to question or a wish tells what is wanted."""

GENERIC = re.compile(r"x-?\d\d(?:-s)?|c-?\d\d?|xos|cos|sgos|proxysg|(?:proxy)?sg ?-?\d*\w*|chassis|box|gehäuse|boîtier|chasis|module?|\d+(?:\.\d+)+|cli|gui|server|log\w*|page|route\w*|link|upgrade|release|request|list|option|シャーシ")
"""Names of products and the commonest words: they alone do not make a description detailed."""

PLANNED = re.compile(
    r"\b(?:plan(?:ned|ning|s)?|intend|would like|want|wish|hope|going|have|need) to (?:go|move|up|down|install|patch|migrate|swap|replace|re-?image|change)|\b(?:will|shall|should|could|['’]ll) (?:be |we )?(?:go|move|upgrad|downgrad|install|patch|migrat|swap|replac)|\bnext (?:week|month|year)|\b(?:geplant|planen|prévu|prévoyons|planeamos|previsto|pretendemos)\b"
)
"""A change that has not been made yet."""
