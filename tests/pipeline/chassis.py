"""Files as a chassis gives them, invented."""


def show_tech(host: str, serial: str) -> bytes:
    return f"""==================== show-tech-support ====================
Host: {host}
Time: Mon Mar  2 08:44:10 2026

-------------------- show version --------------------
XOS Software, Version 9.7.2-14

-------------------- show chassis --------------------
Chassis type          : X60
Chassis serial number : {serial}

Slot  Module     Revision  Serial        Status    Uptime
4     APM-8600   1.9       D044190233    Up        0d 00:41
6     CPM-8600   2.0       D128440017    Active    61d 04:12

-------------------- show ip route --------------------
Codes: C - connected, S - static, O - OSPF
S    0.0.0.0/0 [1/0] via 10.20.0.1, circuit outside
C    10.20.0.0/24 is directly connected, circuit outside
O    10.30.0.0/16 [110/20] via 10.20.4.2, circuit inside
""".encode()


def messages(host: str) -> bytes:
    lines = [
        f"Mar  2 08:{minute:02d}:11 {host} cbssysctrld[1588]: keepalive round {minute} complete" for minute in range(40)
    ]
    return "\n".join([*lines, ""]).encode()
