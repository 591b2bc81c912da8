"""Disguises are undone, honest writing stays, and every character knows where it came from."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.signals.views import disguised, plain, view

texts = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    "written",
    [
        "idiot",
        "IDIOT",
        "ＩＤＩＯＴ",
        "1d10t",
        "1diot",
        "id!ot",
        "id\u200biot",
        "i\u202edio\u202ct",
        "idi\u00adot",
        "idі\u043et",
        "i.d.i.o.t",
        "i d i o t",
        "i-d-i-o-t",
        "idiiiiiot",
        "ⓘⓓⓘⓞⓣ",
        "𝓲𝓭𝓲𝓸𝓽",
        "🅸🅳🅸🅾🆃",
        "ɪᴅɪᴏᴛ",
        "i̷d̷i̷o̷t̷",
    ],
)
def test_every_spelling_of_a_word_reads_alike(written: str) -> None:
    assert plain(f"you are an {written}, really") == "you are an idiot, really"


@pytest.mark.parametrize(
    "honest",
    [
        "2024",
        "b2b",
        "mp3",
        "covid19",
        "the 10th of may",
        "100k in 5s",
        "l10n and i18n",
        "write to @user at 3pm",
        "u.s.a. and e.g. that",
        "naïve café, straße, não, çok güzel",
        "книга и мир",
        "约翰·史密斯",
        "第2-3章",
        "안녕하세요. 그 말",
        "नमस्ते",
        "👨‍👩‍👧".replace("\u200d", ""),
        "草莓马上到",
        "香辣鸡翅和麻辣鸡块",
        "女马术选手",
        "艹字头的字",
        "tmd阻尼器",
        "usb接口",
        "give sb. a hand",
        "sb. 是 somebody 的缩写",
        "傻bird",
        "今天真好🐶",
        "看到白鲨了",
    ],
)
def test_honest_writing_stays_as_it_is(honest: str) -> None:
    assert plain(honest) == honest
    assert not disguised(honest)


@pytest.mark.parametrize("written", ["傻逼", "傻*逼", "傻.逼", "傻 逼", "傻_逼", "傻\u200b逼"])
def test_chinese_characters_set_apart_come_together(written: str) -> None:
    assert plain(f"{written}！") == "傻逼!"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("神 经 病", "神经病"),
        ("你是煞笔", "你是傻逼"),
        ("真辣鸡", "真垃圾"),
        ("你sb吧", "你傻逼吧"),
        ("这ＳＢ", "这傻逼"),
        ("cnm滚", "操你妈滚"),
        ("弄si你", "弄死你"),
        ("亻尔女马的", "你妈的"),
        ("你🐎死了", "你妈死了"),
        ("🌿你🐴", "操你妈"),
    ],
)
def test_chinese_wordplay_reads_as_what_it_stands_for(written: str, meant: str) -> None:
    assert plain(written) == meant
    assert disguised(written)


def test_a_picture_in_a_chinese_sentence_reads_as_its_name_and_is_no_disguise() -> None:
    assert plain("我家🐶会握手，你是🐷吗") == "我家狗会握手,你是猪吗"
    assert not disguised("我家🐶会握手")


def test_what_wordplay_stands_for_is_found_in_the_original() -> None:
    seen = view("你是sb吧")
    assert seen.text == "你是傻逼吧"
    assert [seen.original(k, k + 1) for k in range(5)] == [(0, 1), (1, 2), (2, 4), (2, 4), (4, 5)]


def test_traditional_characters_become_simplified_without_being_called_a_disguise() -> None:
    assert plain("後來發現這個國家") == "后来发现这个国家"
    assert not disguised("後來發現這個國家")


@pytest.mark.parametrize(
    ("stretched", "word"),
    [("stuuupid", "stupid"), ("goooood", "good"), ("fuuuunny", "funny"), ("哈哈哈哈哈", "哈哈")],
)
def test_stretched_words_shrink_to_the_word_and_emphasis_is_no_disguise(
    stretched: str, word: str
) -> None:
    assert plain(stretched) == word
    assert not disguised(stretched)


@pytest.mark.parametrize(
    ("mixed", "word"),
    [("\u0441ool", "cool"), ("пp\u0438вeт", "привет")],
)
def test_look_alikes_follow_the_alphabet_of_the_word(mixed: str, word: str) -> None:
    assert plain(mixed) == word
    assert disguised(mixed)


@pytest.mark.parametrize("dressed", ["1d10t", "i d i o t", "id\u200biot", "傻*逼", "ＩＤＩＯＴ"])
def test_a_disguise_is_called_one(dressed: str) -> None:
    assert disguised(f"an {dressed} !")


def test_decomposed_letters_are_composed() -> None:
    assert plain(unicodedata.normalize("NFD", "é ü 한국")) == "é ü 한국"


@pytest.mark.parametrize("written", ["idiot", "1d10t", "i.d.i.o.t", "idi\u200bot", "idiooooot"])
def test_a_word_of_the_view_is_found_in_the_original(written: str) -> None:
    seen = view(f"Oh, {written}!")
    begin = seen.text.index("idiot")
    assert seen.original(begin, begin + 5) == (4, 4 + len(written))


@given(texts)
@settings(max_examples=300, deadline=None)
def test_origins_are_ordered_and_lie_inside_any_text(text: str) -> None:
    seen = view(text)
    assert len(seen.text) == len(seen.first) == len(seen.last)
    assert all(0 <= a < b <= len(text) for a, b in zip(seen.first, seen.last, strict=True))
    assert list(seen.first) == sorted(seen.first)
    assert list(seen.last) == sorted(seen.last)


@given(st.lists(st.sampled_from(["hello", "world", "café", "книга", "good", "day"]), min_size=1))
@settings(max_examples=50, deadline=None)
def test_on_undisguised_text_the_view_is_the_text(words: list[str]) -> None:
    text = ", ".join(words)
    seen = view(text)
    assert seen.text == text
    assert list(seen.first) == list(range(len(text)))
    assert list(seen.last) == list(range(1, len(text) + 1))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_nothing_invisible_is_left(text: str) -> None:
    assert not [char for char in plain(text) if unicodedata.category(char) in ("Cc", "Cf")]


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "a" * 50_000, "😀" * 10_000, "ﷺ" * 1000])
def test_hostile_texts_are_only_texts(text: str) -> None:
    assert len(plain(text)) <= 4 * len(text)
