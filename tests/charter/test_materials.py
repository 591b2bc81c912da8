"""Lessons beside a charter: read, checked, and shown without anything that could run."""

from pathlib import Path

import pytest

from comity.charter import (
    Charter,
    CharterError,
    check_file,
    read_material,
    read_materials,
    render,
    starter,
    starter_lessons,
)

LESSON = """\
---
quiz:
  - scenario: Someone is wrong about the bus. What do you write?
    choices:
      - answer: It leaves at nine, here is the timetable.
        good: true
        because: It settles the matter.
      - answer: You would not know, you have a car.
        because: It is about the person.
---
Say **what** is wrong.
"""


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The starter with its lessons, to spoil at will."""
    path = tmp_path / "charter.yaml"
    path.write_text(starter(), "utf-8")
    (tmp_path / "lessons").mkdir()
    for name, text in starter_lessons().items():
        (tmp_path / "lessons" / name).write_text(text, "utf-8")
    return path


def said(source: str) -> str:
    with pytest.raises(CharterError) as error:
        read_material(source, "lesson.md")
    return str(error.value)


def test_a_lesson_is_a_text_with_a_quiz():
    material = read_material(LESSON, "lesson.md")
    assert material.text == "Say **what** is wrong."
    (scenario,) = material.quiz
    assert [choice.good for choice in scenario.choices] == [True, False]
    assert scenario.choices[1].because == "It is about the person."


def test_a_lesson_reads_the_same_from_windows():
    windows = "\ufeff" + LESSON.replace("\n", "\r\n")
    assert read_material(windows, "x").quiz == read_material(LESSON, "x").quiz


def test_the_starters_lessons_are_there_in_both_languages(ours: Path):
    materials = read_materials(Charter.read(ours), ours)
    assert set(materials) == {
        (lesson, tag) for lesson in ("disagree-well", "calm-voice") for tag in ("en", "zh-Hans")
    }
    assert check_file(ours) == ()


def test_a_charter_needs_no_lessons_beside_it(tmp_path: Path):
    path = tmp_path / "charter.yaml"
    path.write_text(starter(), "utf-8")
    assert read_materials(Charter.read(path), path) == {}
    assert check_file(path) == ()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda s: s.replace("because: It is", "becaus: It is"),
            "9:9: error: unknown key `becaus`",
        ),
        (
            lambda s: s.replace("good: true", "good: perhaps"),
            "6:15: error: `good` has to be `true`",
        ),
        (
            lambda s: s.replace("good: true", "good: false"),
            "error: no choice of this scenario is g",
        ),
        (
            lambda s: s.replace("because: It is", "good: yes\n        because: It is"),
            "every choice",
        ),
        (lambda s: s.replace("quiz:", "quizz:"), "2:1: error: unknown key `quizz` in the lesson"),
        (
            lambda s: s.replace("scenario: S", "scenario: [S"),
            "lesson.md:4:12: error: the `[` of line 3",
        ),
        (lambda s: s.partition("---\nSay")[2], "lesson.md:1: error: this lesson has no quiz"),
        (
            lambda s: "---\nwords\n---\n" + s.partition("---\nSay")[2],
            "lesson.md:2:1: error: no quiz stands here",
        ),
        (lambda s: s.partition("Say")[0], "error: this lesson has no text"),
        (lambda s: s + "\n# Loud\n", "13:1: error: a heading of the first level stands here"),
        (lambda s: s + "\nA <b>word</b>\n", "13:1: error: HTML is shown as it is written"),
        (lambda s: s + "\n![a](b.png)\n", "13:1: error: lessons show no pictures"),
        (lambda s: s + "x" * 40_000, "the lesson is longer than 40,000 characters"),
    ],
)
def test_every_mistake_is_told_with_its_place(spoil, message):
    assert message in said(spoil(LESSON))


def test_a_file_that_no_member_would_see_is_a_mistake(ours: Path):
    (ours.parent / "lessons" / "disagree.en.md").write_text(LESSON)
    (ours.parent / "lessons" / "calm-voice.fr.md").write_text(LESSON)
    found = "\n".join(map(str, check_file(ours)))
    assert "disagree.en.md: error: the charter has no lesson `disagree`" in found
    assert "calm-voice.fr.md: error: `fr` is none of the charter's languages" in found
    with pytest.raises(CharterError):
        read_materials(Charter.read(ours), ours)


def test_a_language_left_out_is_a_warning(ours: Path):
    (ours.parent / "lessons" / "calm-voice.zh-Hans.md").unlink()
    (warning,) = check_file(ours)
    assert (warning.severity, warning.message) == (
        "warning",
        "the lesson `calm-voice` is not there in `zh-Hans`",
    )


def test_a_quiz_that_differs_between_languages_is_a_warning(ours: Path):
    (ours.parent / "lessons" / "calm-voice.zh-Hans.md").write_text(LESSON)
    (warning,) = check_file(ours)
    assert warning.message == "the quiz differs from the one in `en`"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[press](javascript:alert(1))",
        "![x](https://elsewhere.example/x.png)",
        "<javascript:alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_in_a_lesson_can_run_or_load(hostile: str):
    html = render(hostile)
    assert not any(sign in html for sign in ("<script", "<img", 'href="javascript'))


def test_quotes_in_quotes_end_in_time():
    assert render("> " * 20_000 + "x")
    assert render("[" * 20_000)
    assert render("*a _b " * 7_000)
