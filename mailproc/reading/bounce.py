from mailproc.reading.mail import Bounce, Mail
from mailproc.reading.tree import Part


def bounce_of(mail: Mail, parts: tuple[Part, ...]) -> Bounce | None:
    return None
