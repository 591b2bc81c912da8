"""What can be read off a post without a model: the signals whose source is the text.

The verb is `features`.
"""

from comity.event import Post
from comity.signals.characters import count_characters
from comity.signals.links import count_mentions, find_hosts, host_of
from comity.signals.quotes import find_quotes
from comity.signals.signal import Value
from comity.signals.words import count_words


def features(
    post: Post, plain_text: str, disguised: bool, answered: str | None, language: str | None
) -> dict[str, Value]:
    """Measure the text of a post.

    `plain_text` is the text with disguises undone, `disguised` whether that changed letters.
    `answered` is the text of the post it answers: None where it answers none, empty where the
    platform does not tell. `language` is a BCP 47 tag, None where unknown.
    """
    text = post.text
    characters = count_characters(text)
    rude, kind = count_words(plain_text, language)
    quotes = find_quotes(text, answered)
    hosts = find_hosts(text)
    hosts += [host_of(link) for link in post.links if link not in text]
    return {
        "text": text,
        "plain_text": plain_text,
        "language": language,
        "script": characters.script,
        "length": len(text),
        "words": characters.words,
        "lines": characters.lines,
        "caps_share": characters.caps_share,
        "emoji_count": characters.emoji,
        "exclamations": characters.exclamations,
        "links": len(hosts),
        "link_domains": tuple(sorted({host for host in hosts if host})),
        "mentions": count_mentions(text),
        "media": len(post.media),
        "disguised": disguised,
        "bad_words": rude,
        "kind_words": kind,
        "quotes_parent": quotes.repeats,
        "quoted_share": quotes.length / len(text) if text else 0.0,
    }
