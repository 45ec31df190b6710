"""Which files of a mail are documents: not what wraps or signs the mail itself, and no letter of ours."""

import re
from collections.abc import Iterable, Iterator

from mailproc.reading.mail import Attachment

_WRAPPED = "application/ms-tnef"
_WRAPPED_NAME = "winmail.dat"
_SIGNATURE_TYPES = ("application/pkcs7-", "application/x-pkcs7-", "application/pgp-signature", "application/pgp-keys")
_SIGNATURE_NAME = re.compile(
    r".{0,200}\.p7[smc]|(?:signature|openpgp_.{0,80}|.{0,80}public_?key.{0,40})\.asc", re.IGNORECASE
)
_SIGNATURE_HEAD = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN PGP PUBLIC KEY BLOCK-----")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # the object identifier of PKCS #7 signedData (RFC 5652 §5.1)
_DECORATION = re.compile(r"(?:image|outlook-|logo|signature|banner|facebook|linkedin|twitter).{0,80}", re.IGNORECASE)
_OURS = re.compile(rb"^x-mailproc-(?:letter|sr)\s{0,8}:|\.[a-z2-7]{16}\.[0-9a-f]{16}@", re.IGNORECASE | re.MULTILINE)
_SEARCHED = 8 << 20  # octets of a file


def files_of(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """The files as their author attached them: no members of archives, no pictures of the text, no signatures.

    What Outlook wrapped into a winmail.dat stands in its place.
    """
    every = tuple(attachments)
    return tuple(file for one in every if one.inside is None and not one.inline for file in _unwrapped(one, every))


def is_document(file: Attachment) -> bool:
    """Whether a file says something by itself: it is no business card, and no picture that a signature brings along."""
    if file.type.startswith("image/"):
        return _DECORATION.fullmatch(file.name) is None
    return not file.name.lower().endswith(".vcf")


def holds_letter_of_ours(file: Attachment, attachments: Iterable[Attachment]) -> bool:
    """Whether a file is a mail that we wrote, or holds one, as an archive may; some programs keep them in UTF-16."""
    members = (one for one in attachments if one.inside and one.inside.split(" / ")[0] == file.name)
    return any(_is_letter_of_ours(one) for one in (file, *members))


def _unwrapped(file: Attachment, every: tuple[Attachment, ...]) -> Iterator[Attachment]:
    if file.type == _WRAPPED or file.name.lower() == _WRAPPED_NAME:
        yield from (one for one in every if one.inside == file.name and not _is_signature(one))
    elif not _is_signature(file):
        yield file


def _is_signature(file: Attachment) -> bool:
    if file.type.startswith(_SIGNATURE_TYPES) or _SIGNATURE_NAME.fullmatch(file.name):
        return True
    return file.content.lstrip().startswith(_SIGNATURE_HEAD) or _SIGNED_DATA in file.content[:16]


def _is_letter_of_ours(file: Attachment) -> bool:
    return _OURS.search(file.content[:_SEARCHED].replace(b"\x00", b"")) is not None
