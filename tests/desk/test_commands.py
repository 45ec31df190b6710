"""What staff and customers ask by mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.desk.commands.bare import bare_instructions_of
from mailproc.desk.commands.lines import instructions_of
from mailproc.desk.commands.usage import USAGE, level_in, people_in, person_in
from mailproc.desk.commands.wishes import wishes_of


def names(reply: str) -> list[str]:
    return [str(command) for command in instructions_of(reply).commands]


@pytest.mark.parametrize(
    ("reply", "commands", "words"),
    [
        ("Hello Ann,\nplease reload it.", [], "Hello Ann,\nplease reload it."),
        ("#take", ["take"], ""),
        (
            "#take\n\n#severity 2 it flaps\n\nDear Ann,\nwe look.",
            ["take", "severity 2 it flaps"],
            "Dear Ann,\nwe look.",
        ),
        ("  #Resolve  \nDone.", ["resolve"], "Done."),
        ("# resolve\nDone.", ["resolve"], "Done."),
        ("#assign Alice Ndiaye", ["assign Alice Ndiaye"], ""),
        ("#note\n#close is not meant here", ["note"], "#close is not meant here"),
        ("", [], ""),
    ],
)
def test_commands_stand_above_the_words(reply: str, commands: list[str], words: str) -> None:
    found = instructions_of(reply)
    assert [str(command) for command in found.commands] == commands
    assert found.words == words
    assert found.misunderstood == ()


@pytest.mark.parametrize(
    ("reply", "nearest"),
    [
        ("#nite\nthis customer is difficult", "note"),
        ("#resolved\nbye", "resolve"),
        ("#severity high", "severity"),
        ("#severity", "severity"),
        ("#take me", "take"),
        ("#", "help"),
        ("#!/bin/sh", "help"),
    ],
)
def test_a_line_not_understood_is_told_with_the_nearest_commands(reply: str, nearest: str) -> None:
    found = instructions_of(reply)
    assert found.misunderstood
    assert nearest in found.misunderstood[0].nearest


SECRET = "this customer never reads the manual"


@pytest.mark.parametrize(
    "line",
    [
        "\u200b#note",
        "\ufeff#note",
        "\uff03note",
        "\uff03\uff4e\uff4f\uff54\uff45",
        "\xa0#note",
        "#\xa0note",
        "# Note",
        "#Note",
    ],
)
def test_signs_that_nobody_sees_or_tells_apart_change_no_command(line: str) -> None:
    found = instructions_of(f"{line}\n{SECRET}")
    assert (names(f"{line}\n{SECRET}"), found.inside, found.misunderstood) == (["note"], True, ())


@pytest.mark.parametrize(
    "line",
    [
        "• #note",
        "> #note",
        "- #note",
        "*#note*",
        "1. #note",
        "£note",
        "3note",
        "/note",
        "note",
        "Note:",
        "\\#note",
        "'#note",
    ],
)
def test_a_command_behind_other_signs_is_not_taken_for_words(line: str) -> None:
    assert instructions_of(f"{line}\n{SECRET}").misunderstood


@pytest.mark.parametrize(
    "reply",
    [
        "Take the module out, please.",
        "Note that slot 4 needs power.",
        "*Next steps*: reseat the APM.",
        "Your ticket #42 is with us.",
        "See https://docs.example/page#status for more.",
        "Hello,\n# route add default gw 192.0.2.1\n# note the order of the lines\nBest",
        "/etc/hosts holds the old name.",
        "1. reseat it\n2. close the latch",
    ],
)
def test_words_that_look_a_little_like_a_command_stay_words(reply: str) -> None:
    found = instructions_of(reply)
    assert (found.commands, found.misunderstood, found.words) == ((), (), reply)


@given(
    st.sampled_from(["note", "Note", "NOTE"]),
    st.sampled_from(["", " ", "\u200b", "\xa0", "  ", "\t"]),
    st.sampled_from(["", " ", "\u200b", "\xa0"]),
    st.sampled_from(["swap", "double", "drop", "add", "nothing"]),
    st.integers(0, 3),
    st.sampled_from(["", ":", ".", " -", "!"]),
    st.sampled_from(["\n", "\n\n", " "]),
)
def test_whatever_becomes_of_note_the_words_below_it_never_leave(  # noqa: PLR0917
    word: str, before: str, between: str, slip: str, at: int, behind: str, apart: str
) -> None:
    match slip:
        case "swap" if at < 3:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "double":
            word = word[:at] + word[at] + word[at:]
        case "drop" if at:
            word = word[:at] + word[at + 1 :]
        case "add":
            word = f"{word[:at]}x{word[at:]}"
    found = instructions_of(f"{before}#{between}{word}{behind}{apart}{SECRET}")
    assert found.inside or found.misunderstood


@pytest.mark.parametrize("line", ["#note", "#Note: this stays here", "#clse", "#severity 1", "# note", "Thanks. #note"])
def test_a_command_below_other_words_is_not_overlooked(line: str) -> None:
    assert instructions_of(f"Hello,\n{line}\nthis is internal").misunderstood


@pytest.mark.parametrize(
    "line", ["# interface eth0 of the note server", "#define NOTE 1", "#1 of 3", "## Heading", "color: #ffffff"]
)
def test_a_comment_in_somebodys_configuration_is_no_command(line: str) -> None:
    assert instructions_of(f"Please set:\n{line}\nand reload.").misunderstood == ()


@given(st.text(alphabet="# abcdefghijklmnopqrstuvwxyz\n", max_size=200))
def test_nothing_below_a_note_is_ever_words_for_the_customer(text: str) -> None:
    found = instructions_of(f"#note\n{text}")
    assert found.has("note")
    assert not found.misunderstood


@given(st.sampled_from(sorted(USAGE)))
def test_every_example_is_understood(name: str) -> None:
    assert instructions_of(USAGE[name].example).misunderstood == ()


@pytest.mark.parametrize(
    ("reply", "wish"),
    [
        ("severity 1", "severity 1"),
        ("Severity 1 because the last link is down now\n\nBen", "severity 1 because the last link is down now"),
        ("SEVERITY: 3.", "severity 3"),
        ("priority 2", "severity 2"),
        ("#severity 2", "severity 2"),
        ("escalate", "escalate"),
        ("Escalate!\nThis takes too long.", "escalate"),
        ("escalate please", "escalate"),
        ("ESCALATE!!", "escalate"),
        ("Escalate: nobody answers", "escalate"),
        ("escalate now", "escalate"),
        ("escalate - nobody calls", "escalate"),
        ("escalate we have not heard from you", "escalate"),
        ("Escalate: why does nobody call?", "escalate"),
        ("Escalate! This is not acceptable.", "escalate"),
        ("Please escalate.", "escalate"),
        ("severity 1: all down", "severity 1 all down"),
        ("severity 1!!!", "severity 1"),
        ("sev 1, it does not boot", "severity 1 it does not boot"),
        ("severity level 1", "severity 1"),
        ("severity 1 no traffic passes", "severity 1 no traffic passes"),
    ],
)
def test_a_customer_asks_in_his_first_line(reply: str, wish: str) -> None:
    assert [str(command) for command in wishes_of(reply)] == [wish]


@pytest.mark.parametrize(
    ("reply", "wish"),
    [
        ("eskalieren", "escalate"),
        ("„eskalieren“\n\nJana", "escalate"),
        ("*Escalate*", "escalate"),
        ("Stufe 1 alles steht", "severity 1 alles steht"),
        ("Schweregrad: 2", "severity 2"),
        ("Bitte Priorität 1, die Leitung ist weg", "severity 1 die Leitung ist weg"),
        ("gravité 1", "severity 1"),
        ("`severity 1`", "severity 1"),
        ("workaround failed", "workaround failed"),
        ("The workaround does not hold.\nIt reloads again.", "workaround failed"),
        ("Umgehung hält nicht", "workaround failed"),
        ("workaround failed again", "workaround failed"),
        ("Workaround failed: it reloads, please help!", "workaround failed"),
        ("eskalieren bitte", "escalate"),
        ("Eskalation, niemand ruft an", "escalate"),
        ("Bitte eskalieren", "escalate"),
    ],
)
def test_a_customer_asks_in_his_own_language_and_as_his_program_dresses_it(reply: str, wish: str) -> None:
    assert [str(command) for command in wishes_of(reply)] == [wish]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "We should escalate this soon",
        "Hello,\nseverity 1",
        "the severity 2 case of May",
        "Stufe der Treppe 1",
        "workaround",
        "escalate?",
        "Escalate this to whom?",
        "escalate not yet",
        "Escalate only if nothing helps",
        "eskalieren bitte nicht",
        "escalated to our management",
        "severity 1?",
        "severity 1 or 2?",
        "severity 1 is not right",
        "severity 10 of our own scale",
        "workaround failed?",
        "not severity 1",
    ],
)
def test_words_in_passing_are_no_wish(reply: str) -> None:
    assert wishes_of(reply) == ()


def test_a_level_comes_with_its_reason() -> None:
    assert level_in("2 because it flaps") == (2, "because it flaps")
    assert level_in("3") == (3, "")


@pytest.mark.parametrize("argument", ["2: it flaps", "2, it flaps", "2 - it flaps", "2; it flaps", "S2 it flaps"])
def test_a_level_is_parted_from_its_reason_by_any_sign(argument: str) -> None:
    assert names(f"#severity {argument}") == [f"severity {argument}"]
    assert level_in(argument) == (2, "it flaps")


@pytest.mark.parametrize(
    ("argument", "people"),
    [
        ("ben@x.example", ("ben@x.example",)),
        ("ben@x.example<mailto:ben@x.example>", ("ben@x.example",)),
        ("ben@x.example <mailto:ben@x.example>", ("ben@x.example",)),
        ("<Ben@X.example>", ("ben@x.example",)),
        ("Ben Okafor <ben@x.example>", ("ben@x.example",)),
        ('"Okafor, Ben" <ben@x.example>', ()),
        ("ben@x.example, carl@x.example", ("ben@x.example", "carl@x.example")),
        ("Ben <ben@x.example>; Carl <carl@x.example>.", ("ben@x.example", "carl@x.example")),
        ("ben@x.example and carl@x.example", ("ben@x.example", "carl@x.example")),
        ("ben", ()),
        ("ben@x.example who is with the partner", ()),
        ("@x.example", ()),
        ("", ()),
    ],
)
def test_people_are_read_as_mail_programs_write_them(argument: str, people: tuple[str, ...]) -> None:
    assert people_in(argument) == people
    assert bool(names(f"#add {argument}")) is bool(people)


@pytest.mark.parametrize(
    ("argument", "person"),
    [
        ("bjarne.", "bjarne"),
        ("@bjarne", "bjarne"),
        ("to Bjarne Holm", "bjarne holm"),
        ("Bjarne Holm <bjarne@x.example>", "bjarne@x.example"),
        ("bjarne@x.example<mailto:bjarne@x.example>", "bjarne@x.example"),
    ],
)
def test_a_person_is_read_as_mail_programs_write_him(argument: str, person: str) -> None:
    assert person_in(argument) == person


@pytest.mark.parametrize(
    "top",
    [
        "Notes",
        "[note]",
        "Internal note:",
        "Note: customer is wrong",
        "(internal) customer is wrong",
        "no#te",
        "\u266fnote",
        "Hallo,\nnote",
        "Hallo,\n\n** INTERNAL **",
        "nota",
        "no te",
        "3note",
        "n\u043ete",
        "nite",
        "--- intern ---",
    ],
)
def test_what_is_nearly_a_note_among_the_first_lines_is_returned(top: str) -> None:
    found = instructions_of(f"{top}\n{SECRET}")
    assert found.misunderstood
    assert "note" in found.misunderstood[0].nearest


@pytest.mark.parametrize(
    "top",
    [
        "Noted.",
        "None.",
        "Not yet.",
        "Node 4:",
        "The internal clock is wrong.",
        "Please note the order of the steps.",
        "Hello Ann,\nthank you for the note.",
        "Hello Ann,\n\nInterval: 30 seconds.",
        "Dear Ann,\none\ntwo\nnote",
    ],
)
def test_words_near_a_note_stay_words(top: str) -> None:
    assert instructions_of(top).misunderstood == ()


@pytest.mark.parametrize("reply", ["Hello,\n#tak", "Thanks. #note", "Hello,\n# close", "#xyzzy", "#", "Notes"])
def test_whatever_is_not_understood_comes_with_something_near(reply: str) -> None:
    assert all(one.nearest for one in instructions_of(reply).misunderstood)


@pytest.mark.parametrize(
    ("reply", "commands"),
    [
        ("ack", ["ack"]),
        ("Ack.\n\nAlice", ["ack"]),
        ("take", ["take"]),
        ("assign alice", ["assign alice"]),
        ("phoned", ["phoned"]),
        ("severity 2 because it flaps", ["severity 2 because it flaps"]),
        ("escalate: nobody answers", ["escalate nobody answers"]),
        ("Ack, on it", ["ack"]),
        ("ack thanks", ["ack"]),
        ("ack - calling them", ["ack"]),
        ("phoned them, they are angry", ["phoned"]),
        ("take, since nobody does", ["take"]),
        ("escalate! they are nuts", ["escalate they are nuts"]),
        ("assign to alice", ["assign to alice"]),
    ],
)
def test_a_bare_word_stands_in_the_first_line(reply: str, commands: list[str]) -> None:
    found = bare_instructions_of(reply)
    assert found is not None
    assert [str(one) for one in found.commands] == commands
    assert found.inside


@pytest.mark.parametrize("reply", ["akc", "tkae", "phoed", "severity", "acknowledged"])
def test_what_is_nearly_a_bare_word_is_returned(reply: str) -> None:
    found = bare_instructions_of(reply)
    assert found is not None
    assert found.misunderstood
    assert not found.commands


@pytest.mark.parametrize("reply", ["", "Hello Ann,\nack", "take the module out, please", "We look into it.", "#ack"])
def test_other_words_are_no_bare_command(reply: str) -> None:
    assert bare_instructions_of(reply) is None
