"""What a letter says of the things themselves: what came and where it was found, what serves not, what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mailproc.desk.chassis import Register, told_by
from mailproc.desk.decision import ArrivedItem, AskedItem, ProbableItem
from mailproc.desk.details import QUOTED
from mailproc.desk.events import ArrivedFile
from mailproc.desk.policy import Policy, Requirement
from mailproc.desk.request import ServiceRequest

_MOST_PLACES = 4
_TELEPHONES = ("contact-phone", "contact")
_ALTERNATIVE = "alternate-contact"
_IN_WORDS = ("in your mail", "your next mail", "from your mail:")
_EVIDENCE_OF_ANSWER = _IN_WORDS[0]


def unusable(request: ServiceRequest, policy: Policy) -> tuple[ArrivedItem, ...]:
    """Files that came but do not serve, and why; not those in whose place another has come."""
    return tuple(_unusable(one) for one in of_no_use(request.files, request, policy))


def of_no_use(files: Iterable[ArrivedFile], request: ServiceRequest, policy: Policy) -> tuple[ArrivedFile, ...]:
    """Those of the files that do not serve, while files of their kind are owed; of no kind, while any are."""
    owed = {kind for item in request.missing if (one := policy.requirement(item)) for kind in one.kinds}
    return tuple(one for one in files if one.problem and (one.kind in owed or (one.kind is None and owed)))


def _unusable(file: ArrivedFile) -> ArrivedItem:
    said = f"it {file.problem}"
    return ArrivedItem(label=_place(file), where=f"{said}; {file.remedy}" if file.remedy else said)


def probable(request: ServiceRequest, policy: Policy) -> tuple[ProbableItem, ...]:
    """Items that only weak signs speak for, with those signs."""
    weak = ((item, where) for item, where in request.supplied if item in request.probable)
    return tuple(ProbableItem(id=item, label=_label(item, policy), where=where) for item, where in weak)


def optional(request: ServiceRequest, policy: Policy) -> tuple[AskedItem, ...]:
    """What would help, is not required, and has not come."""
    return tuple(_asked(one) for one in policy.requirements if one.optional and _still_open(one, request))


def reached_at(request: ServiceRequest) -> str:
    """How the customer says that he can be telephoned, and whom else to ask; empty where he gave no number."""
    given = dict(request.supplied)
    ways = (next((given[item] for item in _TELEPHONES if item in given), ""), given.get(_ALTERNATIVE, ""))
    told = (one.removeprefix(QUOTED).strip("'") for one in ways if one != _EVIDENCE_OF_ANSWER)
    return "; else: ".join(one for one in told if one)


def _label(item: str, policy: Policy) -> str:
    requirement = policy.requirement(item)
    return requirement.label if requirement else item


def arrived(request: ServiceRequest, policy: Policy) -> tuple[ArrivedItem, ...]:
    """What came: all that the customer's words gave on one line, then each chassis' files of an item."""
    told: list[str] = []
    filed: list[ArrivedItem] = []
    for requirement, evidence in _given(request, policy):
        files = _serving(requirement, request)
        if files:
            filed.extend(_by_chassis(requirement, files, request))
        elif evidence is not None and evidence.startswith(_IN_WORDS):
            told.append(requirement.label)
        elif evidence is not None:
            filed.append(ArrivedItem(label=requirement.label, where=evidence))
    words = (ArrivedItem(label=", ".join(told), where="in your mail"),) if told else ()
    return (*words, *filed)


def _given(request: ServiceRequest, policy: Policy) -> Iterator[tuple[Requirement, str | None]]:
    """The items that came or came in part, in the policy's order; with the evidence of those that came whole.

    Of two chassis the file of one stays what came, though that of the other cannot be had.
    """
    supplied = dict(request.supplied)
    for one in policy.requirements:
        if one.id in supplied and one.id not in request.probable:
            yield one, _EVIDENCE_OF_ANSWER if one.given_by == "words" else supplied[one.id]
        elif one.each_chassis and request.dbha and (one.id in request.missing or one.id in request.probable):
            yield one, None


def _serving(requirement: Requirement, request: ServiceRequest) -> tuple[ArrivedFile, ...]:
    """The files that give an item."""
    wanted = set(requirement.kinds)
    return tuple(
        one for one in request.files if one.problem is None and (one.kind in wanted or wanted.intersection(one.holds))
    )


def _by_chassis(
    requirement: Requirement, files: tuple[ArrivedFile, ...], request: ServiceRequest
) -> Iterator[ArrivedItem]:
    """The files of an item, a line for each chassis that they come from."""
    register = Register(request.files)
    places: dict[str, dict[str, None]] = {}
    for chassis in dict.fromkeys(register.of(one) for one in files):
        told = [one for one in files if register.of(one) == chassis]
        host = _hosts(told)
        label = f"{requirement.label} of chassis {host}" if host else requirement.label
        places.setdefault(label, {}).update(dict.fromkeys(_place(one) for one in told))
    for label, where in places.items():
        more = len(where) - _MOST_PLACES
        told_more = f" and {more} more" if more > 0 else ""
        yield ArrivedItem(label=label, where=", ".join(tuple(where)[:_MOST_PLACES]) + told_more)


def _hosts(files: Iterable[ArrivedFile]) -> str:
    """How the chassis of these files are called, each once."""
    called: dict[str, str] = {}
    for host in (one.host for file in files for one in told_by(file) if one.host):
        called.setdefault(host.lower().partition(".")[0], host)
    return ", ".join(called.values())


def _place(file: ArrivedFile) -> str:
    return f"{file.inside} / {file.name}" if file.inside else file.name


def asked_for(item: str, request: ServiceRequest, policy: Policy) -> AskedItem:
    """An item of the policy, or a thing that an engineer named in his own words."""
    requirement = policy.requirement(item)
    if requirement is None:
        return AskedItem(id=item, label=item, why="the engineer asks for it", how="")
    if not (requirement.each_chassis and request.dbha):
        return _asked(requirement)
    had = _serving(requirement, request)
    host = next((one.host for one in had if one.host), None)
    which = "the second chassis" if had else "both chassis"
    why = f"the site has two chassis{f', and we have that of {host}' if host else ''}; {requirement.why}"
    return replace(_asked(requirement), label=f"{requirement.label} of {which}", why=why)


def _asked(requirement: Requirement) -> AskedItem:
    return AskedItem(
        id=requirement.id,
        label=requirement.label,
        why=requirement.why,
        how=requirement.how,
    )


def _still_open(requirement: Requirement, request: ServiceRequest) -> bool:
    return requirement.id not in dict(request.supplied) and requirement.id not in request.waived
