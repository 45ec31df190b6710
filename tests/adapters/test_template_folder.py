from pathlib import Path

import pytest

from mailproc.adapters.templates import load_templates, mistakes, sources
from mailproc.writing.render import TemplateMistake
from mailproc.writing.samples import LETTERS, preview, sample


def test_the_templates_that_ship_are_free_of_mistakes() -> None:
    assert mistakes() == ()
    assert {f"{letter}.{kind}.j2" for letter in LETTERS for kind in ("txt", "html")} <= set(sources())


@pytest.mark.parametrize("folder", [".", "en"])
def test_an_operators_file_lies_over_the_one_that_ships(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "closed.txt.j2").write_text("Subject: Done\r\n\r\nOver and out.\r\n", encoding="utf-8-sig")
    templates = load_templates(tmp_path)
    assert templates.page(sample("closed")).text == "Over and out.\n"
    assert templates.page(sample("closed")).subject == "Done"
    assert "is open again" in templates.page(sample("reopened")).text
    assert mistakes(tmp_path) == ()


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    for name, source in {
        "closed.txt.j2": "Subject: x\n\n{% if number %}\n",
        "reopened.txt.j2": "Subject: x\n\n{{ number | shout }}\n",
    }.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    told = mistakes(tmp_path)
    assert len(told) == 2
    assert told[0].startswith("closed.txt.j2, line 3: Unexpected end of template")
    assert told[1] == "reopened.txt.j2, line 3: No filter named 'shout'."


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Subject: x\n\n{{ nubmer }}", "closed.txt.j2, line 3: 'nubmer' is undefined"),
        (
            "Subject: x\n{{ request.colour }}",
            "closed.txt.j2, line 2: 'mailproc.desk.request.ServiceRequest object' has no",
        ),
        ("Subject: x\n\n{{ request.owner }}", "closed.txt.j2, line 3: a fact is None here: ask with {% if … %} before"),
        ("Subject: x\n\n{{ response_due | local }}", "closed.txt.j2, line 3: a time is None here: ask with {% if … %}"),
        ("Subject: x\n\n{{ 1 / 0 }}", "closed.txt.j2, line 3: ZeroDivisionError in this expression"),
        ("Subject: x\n\n{{ number.__class__ }}", "closed.txt.j2, line 3: access to attribute '__class__' of 'str'"),
        ("Subject: x\n\n{% include 'gone.txt.j2' %}", "closed.txt.j2, line 3: "),
        ("Hello", "closed.txt.j2, line 1: begin with a line `Subject: …`, then a blank line"),
    ],
)
def test_what_the_facts_do_not_hold_is_found_before_a_letter_goes(tmp_path: Path, source: str, told: str) -> None:
    (tmp_path / "closed.txt.j2").write_text(source, encoding="utf-8")
    (found,) = mistakes(tmp_path)
    assert found.startswith(told)


def test_a_folder_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path / "gone")
    assert "gone: cannot be read" in found
    with pytest.raises(TemplateMistake, match="name a folder of templates"):
        load_templates(tmp_path / "gone")


def test_a_file_that_is_not_utf_8_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "closed.txt.j2").write_bytes("Subject: x\n\nGrüße".encode("latin-1"))
    (found,) = mistakes(tmp_path)
    assert found.endswith("closed.txt.j2, line 3: is not UTF-8: save it as UTF-8")


def test_a_file_far_too_large_for_a_template_is_not_read_in(tmp_path: Path) -> None:
    (tmp_path / "closed.txt.j2").write_bytes(b"x" * 300_000)
    (found,) = mistakes(tmp_path)
    assert "larger than 256 kB" in found


def test_a_form_that_could_not_be_read_back_is_a_mistake(tmp_path: Path) -> None:
    shipped = sources()
    for kind in ("txt", "html"):
        name = f"_form.{kind}.j2"
        (tmp_path / name).write_text(shipped[name].replace("Answer:", "Reply:"), encoding="utf-8")
    told = mistakes(tmp_path)
    asking = ("phone-us-now", "missing-details", "reminder")
    assert [one.partition(":")[0] for one in told] == [f"{one}.{kind}.j2" for one in asking for kind in ("txt", "html")]
    assert all("write “Answer:” below each item" in one for one in told)


def _own(folder: Path, name: str, source: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(source, encoding="utf-8")


@pytest.mark.parametrize(
    ("own", "subject"),
    [
        pytest.param((), "Geschlossen: ", id="what ships in the language"),
        pytest.param(("de/closed",), "Eigener Brief: ", id="the operator's own in the language"),
        pytest.param(("closed",), "Geschlossen: ", id="what ships in the language goes before his English one"),
    ],
)
def test_a_letter_is_looked_up_by_language_first(tmp_path: Path, own: tuple[str, ...], subject: str) -> None:
    for name in own:
        _own(tmp_path, f"{name}.txt.j2", "Subject: Eigener Brief: {{ subject }}\n\nText.\n")
        _own(tmp_path, f"{name}.html.j2", "<p>Text.</p>\n")
    page = preview("closed", load_templates(tmp_path), "de")
    assert page.subject == f"{subject}APM 4 reloads every hour"


def test_a_letter_that_a_language_lacks_is_english_with_its_english_parts(tmp_path: Path) -> None:
    _own(tmp_path, "fr/_end.txt.j2", "Fin.\n")
    _own(tmp_path, "fr/closed.txt.j2", 'Subject: Fermé\n\nC\'est fermé.\n{% include "_end.txt.j2" %}\n')
    _own(tmp_path, "fr/closed.html.j2", "<p>C'est fermé.</p>\n")
    templates = load_templates(tmp_path)
    assert preview("closed", templates, "fr").text == "C'est fermé.\nFin.\n"
    assert preview("resolved", templates, "fr") == preview("resolved", templates)
    assert mistakes(tmp_path) == ()


def test_half_a_letter_is_a_mistake(tmp_path: Path) -> None:
    _own(tmp_path, "fr/closed.txt.j2", "Subject: Fermé\n\nC'est fermé.\n")
    assert mistakes(tmp_path) == (
        "fr/closed.html.j2 is missing: a letter needs its text and its HTML in the same language",
    )


def test_a_mistake_in_another_language_is_told_with_its_folder(tmp_path: Path) -> None:
    _own(tmp_path, "de/closed.txt.j2", "Subject: Geschlossen\n\n{{ nubmer }}\n")
    assert mistakes(tmp_path) == ("de/closed.txt.j2, line 3: 'nubmer' is undefined",)
