"""Who gives an address to anybody for the asking: domains that belong to no organisation.

Large providers have a domain in nearly every country: these are told by their brand. The others stand by name.
Telephone and cable companies count as well, since their subscribers are strangers to each other.
"""

import re

_BRANDS = (
    "yahoo|ymail|rocketmail|hotmail|outlook|live|msn|gmx|aol|gmail|googlemail|icloud|yandex|zoho|zohomail|proton"
    "|protonmail|tutanota|tuta|fastmail|hushmail|mailfence|rediffmail|inbox|tiscali|caramail|lycos|excite|freemail"
)
_OF_A_BRAND = re.compile(rf"(?:{_BRANDS})\.(?:[a-z]{{2,4}}|com?\.[a-z]{{2}})")
_BY_NAME = frozenset(
    (  # noqa: SIM905 - a list of words reads better across than down
        # the world over
        "me.com mac.com mail.com email.com usa.com pm.me keemail.me tutamail.com tutanota.de mailbox.org "
        "posteo.de posteo.net posteo.org startmail.com runbox.com hey.com duck.com duckduckgo.com "
        "simplelogin.com passmail.net mozmail.com privaterelay.appleid.com riseup.net disroot.org gmx.net "
        "passport.com windowslive.com consultant.com engineer.com post.com techie.com myself.com "
        "mailinator.com guerrillamail.com yopmail.com "
        # North America
        "comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net ameritech.net pacbell.net "
        "swbell.net cox.net charter.net spectrum.net rr.com roadrunner.com twc.com earthlink.net "
        "mindspring.com optonline.net optimum.net frontier.com frontiernet.net windstream.net centurylink.net "
        "centurytel.net embarqmail.com q.com juno.com netzero.net netzero.com netscape.net compuserve.com "
        "prodigy.net suddenlink.net mediacombb.net wowway.com rcn.com cableone.net tds.net cs.com aim.com "
        "rogers.com bell.net sympatico.ca shaw.ca telus.net videotron.ca cogeco.ca eastlink.ca "
        "nb.sympatico.ca sasktel.net mts.net "
        # the British Isles
        "btinternet.com btopenworld.com talktalk.net talk21.com sky.com virginmedia.com virgin.net "
        "ntlworld.com blueyonder.co.uk plus.net plusnet.com tesco.net o2.co.uk orange.net freeserve.co.uk "
        "fsmail.net lineone.net eircom.net iol.ie "
        # German-speaking countries
        "web.de t-online.de freenet.de arcor.de arcormail.de vodafone.de vodafonemail.de kabelmail.de "
        "unitybox.de 1und1.de online.de email.de o2online.de o2mail.de mailbox.de firemail.de emailn.de "
        "ewetel.net ewe.net netcologne.de osnanet.de magenta.de magenta.at aon.at a1.net chello.at inode.at "
        "kabsi.at utanet.at drei.at bluewin.ch bluemail.ch sunrise.ch hispeed.ch gmx.ch swissonline.ch "
        "quickline.ch netplus.ch vtxmail.ch "
        # the Low Countries
        "ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl casema.nl chello.nl upcmail.nl "
        "quicknet.nl xs4all.nl telfort.nl tele2.nl online.nl zeelandnet.nl solcon.nl caiway.nl skynet.be "
        "telenet.be proximus.be scarlet.be belgacom.net pt.lu "
        # the Romance countries
        "orange.fr wanadoo.fr free.fr sfr.fr neuf.fr cegetel.net laposte.net bbox.fr numericable.fr "
        "club-internet.fr noos.fr aliceadsl.fr 9online.fr voila.fr libero.it virgilio.it alice.it tin.it "
        "tim.it email.it iol.it inwind.it fastwebnet.it teletu.it vodafone.it poste.it telefonica.net "
        "terra.es movistar.es ono.com ya.com euskaltel.net orange.es wanadoo.es sapo.pt netcabo.pt clix.pt "
        "mail.telepac.pt meo.pt "
        # the North
        "telia.com bredband.net bahnhof.se comhem.se spray.se telenor.se tele2.se online.no broadpark.no "
        "start.no getmail.no lyse.net c2i.net mail.dk tdcadsl.dk stofanet.dk jubii.dk youmail.dk ofir.dk "
        "kolumbus.fi luukku.com elisanet.fi pp.inet.fi suomi24.fi saunalahti.fi welho.com simnet.is "
        # the East of Europe
        "seznam.cz email.cz post.cz centrum.cz volny.cz atlas.cz quick.cz o2active.cz centrum.sk azet.sk "
        "zoznam.sk post.sk wp.pl o2.pl tlen.pl go2.pl onet.pl op.pl poczta.onet.pl onet.eu vp.pl interia.pl "
        "interia.eu poczta.fm gazeta.pl autograf.pl citromail.hu freemail.hu t-online.hu upcmail.hu "
        "indamail.hu vipmail.hu abv.bg mail.bg dir.bg mail.ru list.ru bk.ru internet.ru inbox.lv rambler.ru "
        "lenta.ru autorambler.ru ro.ru ya.ru narod.ru ukr.net i.ua meta.ua bigmir.net tut.by apollo.lv one.lv "
        "delfi.lv hot.ee mail.ee online.ee one.lt delfi.lt siol.net t-2.net net.hr vip.hr eunet.rs otenet.gr "
        "forthnet.gr hol.gr mynet.com superonline.com ttmail.com "
        # Asia and the Pacific
        "qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net 188.com 139.com 189.cn wo.cn "
        "sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 263.net aliyun.com alibaba.com.cn "
        "netvigator.com hkbn.net hinet.net msa.hinet.net seed.net.tw pchome.com.tw so-net.net.tw naver.com "
        "hanmail.net daum.net kakao.com nate.com korea.com dreamwiz.com paran.com docomo.ne.jp ezweb.ne.jp "
        "au.com softbank.ne.jp i.softbank.jp ybb.ne.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp "
        "plala.or.jp infoseek.jp goo.jp dion.ne.jp rediff.com sify.com vsnl.com vsnl.net bsnl.in "
        "airtelmail.in indiatimes.com in.com singnet.com.sg starhub.net.sg pacific.net.sg streamyx.com "
        "tm.net.my pldtdsl.net bigpond.com bigpond.net.au optusnet.com.au iinet.net.au internode.on.net "
        "tpg.com.au westnet.com.au dodo.com.au ozemail.com.au adam.com.au xtra.co.nz slingshot.co.nz "
        "orcon.net.nz vodafone.co.nz clear.net.nz "
        # Latin America, Africa, the Near East
        "uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br "
        "prodigy.net.mx infinitum.com.mx fibertel.com.ar speedy.com.ar arnet.com.ar ciudad.com.ar vtr.net "
        "cantv.net une.net.co adinet.com.uy mweb.co.za telkomsa.net webmail.co.za vodamail.co.za iafrica.com "
        "absamail.co.za walla.com walla.co.il netvision.net.il bezeqint.net zahav.net.il 012.net.il "
        "emirates.net.ae eim.ae link.net maktoob.com "
    ).split()
)


def is_public_provider(domain: str) -> bool:
    """Whether everybody may have an address of this domain (lower-cased), or of one above it."""
    labels = domain.split(".")
    above = (".".join(labels[at:]) for at in range(min(len(labels), 6)))
    return any(one in _BY_NAME or _OF_A_BRAND.fullmatch(one) for one in above)
