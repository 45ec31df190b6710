"""Routing is given by a table of any make, by static routes, or in words of any language; not by a fault of it."""

import pytest

from mailproc.desk.details import DETAILS, details_in
from mailproc.desk.recognition import recognise
from mailproc.desk.words.passages import passages
from mailproc.reading.mail import Attachment
from tests.desk.samples import KINDS

TABLES = {
    "ios": "Gateway of last resort is 192.0.2.1 to network 0.0.0.0\n\nO E2 198.51.100.0/24 [110/20] via 192.0.2.1\n",
    "frr": "K>* 0.0.0.0/0 [0/0] via 192.0.2.1, eth0\nO>* 198.51.100.0/24 [110/20] via 192.0.2.9, eth1\n",
    "junos": "0.0.0.0/0          *[Static/5] 41w2d 06:11:02\n                    > to 192.0.2.1 via ge-0/0/0.0\n",
    "linux": "default via 192.0.2.1 dev eth0\n192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.7\n",
    "netstat": "192.0.2.0       0.0.0.0         255.255.255.0   U         0 0          0 eth0\n",
    "bsd": "Routing tables\n\nInternet:\ndefault            192.0.2.1          UGS         0     9911     em0\n",
    "windows": "Network Destination        Netmask          Gateway       Interface  Metric\n",
    "windows rows": "          0.0.0.0          0.0.0.0        192.0.2.1        192.0.2.7     25\n",
    "comware": "0.0.0.0/0          Static 60   0            192.0.2.1       GE0/1\n",
    "asa": "route outside 0.0.0.0 0.0.0.0 192.0.2.1 1\n",
    "gaia": "set static-route default nexthop gateway address 192.0.2.1 on\n",
    "xos": "configure ip route 0.0.0.0/0 192.0.2.1 vap-group fw circuit outside\n",
    "neighbours": "Neighbor ID     Pri State           Dead Time Address         Interface\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_routing_table_of_any_make_is_known(table: str) -> None:
    assert recognise(Attachment(name="x", type="text/plain", content=table.encode()), KINDS).kind == "routing"


@pytest.mark.parametrize(
    "text",
    [
        "plain words on nothing at all\n",
        "192.0.2.1 hk-a.example hk-a\n192.0.2.2 hk-b.example hk-b\n",
        "interface eth0\n ip address 192.0.2.1 255.255.255.0\n",
        "access-list 1 permit ip 192.0.2.0 0.0.0.255 any\n",
        "We lost the route to 192.0.2.1 today.\n",
    ],
)
def test_addresses_alone_are_no_routing_table(text: str) -> None:
    assert recognise(Attachment(name="x", type="text/plain", content=text.encode()), KINDS).kind is None


def _routing(words: str) -> bool:
    return any(one.item == "routing" for one in details_in(passages(words), "X60", DETAILS))


@pytest.mark.parametrize(
    "words",
    [
        "Routing is only static, a default to 192.0.2.1 and 198.51.100.0/24 to 192.0.2.9.",
        "Eén statische default via 192.0.2.1, verder geen protocollen.",
        "Statisches Routing, Default über 192.0.2.1.",
        "Wir haben OSPF mit zwei Nachbarn am Core.",
        "OSPF avec deux voisins dans l'aire 0.",
        "Le routage est statique, par défaut vers 192.0.2.1.",
        "El enrutamiento es BGP con dos vecinos.",
        "O roteamento é OSPF, área 0, com dois vizinhos.",
        "198.51.100.0/24 via 192.0.2.9 and the rest goes out of the other side.",
        "Rotte statiche, predefinita verso 192.0.2.1.",
        "Trasa domyślna przez 192.0.2.1.",
        "маршрут по умолчанию через 192.0.2.1",
        "静态路由，网关 192.0.2.1",
        "OSPFのネイバーは2台です。",
    ],
)
def test_routing_is_read_in_words(words: str) -> None:
    assert _routing(words)


@pytest.mark.parametrize(
    "words",
    [
        "The default rule drops all packets to 192.0.2.1 since today.",
        "Static NAT to 192.0.2.1 does not work since today.",
        "We cannot ping 192.0.2.1 from the VAP.",
        "Traffic from 198.51.100.0/24 is lost.",
        "Which routes do you need?",
    ],
)
def test_words_on_addresses_are_no_routing(words: str) -> None:
    assert not _routing(words)
