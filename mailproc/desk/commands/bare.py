"""Bare words of staff: the first line of an answer to a letter that offers them, as people type on a telephone."""

import re
from difflib import get_close_matches

from mailproc.desk.commands.lines import read_line
from mailproc.desk.commands.usage import USAGE, Command, Instructions, Misunderstood

BARE_WORDS = tuple(name for name, usage in USAGE.items() if usage.bare)

_FIRST = re.compile(r"([A-Za-z][A-Za-z-]{1,19})(?!\w)\s*([.,:;!…\u2013\u2014-]{0,5})\s*(.*)")
_LONGEST_LINE = 400
_BEGIN_NO_SENTENCE = ("ack", "phoned")
"""Behind these a few words may stand without a sign between; `take` begins many a sentence that is no command."""
_FEW_WORDS = 5


def bare_instructions_of(reply: str) -> Instructions | None:
    """The bare command in the first line of an answer to a letter that offers it; None where there is none.

    Whatever stands behind it in the line, where the command takes nothing, and below it is a remark that stays
    inside: whoever answers an alert does not write to the customer. A first line that is nearly such a word, and
    nothing else, was meant as one.
    """
    first, _, below = reply.strip().partition("\n")
    line = first.strip()[:_LONGEST_LINE]
    match = _FIRST.fullmatch(line)
    if match is None:
        return None
    name, sign, rest = match[1].lower(), match[2], match[3].strip()
    if name not in BARE_WORDS:
        return None if rest else _nearly(name, line)
    argument = rest.rstrip(".!") if USAGE[name].takes(rest.rstrip(".!")) or not rest else ""
    is_remark = bool(rest) and not argument
    if is_remark and not sign and (name not in _BEGIN_NO_SENTENCE or len(line.split()) > _FEW_WORDS):
        return None
    match read_line(f"#{name} {argument}".strip()):
        case Command() as command:
            remark = rest if is_remark else ""
            return Instructions(commands=(command,), words=f"{remark}\n{below}".strip(), inside=True)
        case Misunderstood() as mistake:
            return Instructions(misunderstood=(mistake,), inside=True)


def is_bare_word(reply: str) -> bool:
    """Whether words are a bare word and nothing else."""
    return reply.strip().rstrip(".!").lower() in BARE_WORDS


def unanswered(reply: str) -> Instructions:
    """The answer to a letter that only a command answers, where it holds none: for nobody, and told so."""
    line = next((one.strip() for one in reply.split("\n") if one.strip()), "")[:_LONGEST_LINE]
    said = {word.lower() for word in re.findall(r"[A-Za-z-]+", line)}
    nearest = tuple(one for one in BARE_WORDS if one in said) or _close_to(line.split(None, 1)[0] if line else "")
    trouble = "this holds no command, and only a command answers this letter"
    mistake = Misunderstood(line=line or "(no words)", trouble=trouble, nearest=nearest or BARE_WORDS)
    return Instructions(misunderstood=(mistake,), inside=True)


def _nearly(name: str, line: str) -> Instructions | None:
    nearest = _close_to(name)
    if not nearest:
        return None
    mistake = Misunderstood(line=line, trouble="this was nearly a command", nearest=nearest)
    return Instructions(misunderstood=(mistake,), inside=True)


def _close_to(word: str) -> tuple[str, ...]:
    name = word.lower().strip(".,:;!")
    begun = tuple(one for one in BARE_WORDS if name.startswith(one))
    return begun or tuple(get_close_matches(name, BARE_WORDS, n=3, cutoff=0.65))
