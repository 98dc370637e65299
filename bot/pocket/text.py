"""Message text: Telegram's HTML, its entities in UTF-16 units, and what Telegram recognises by itself."""

import re
from typing import Any

from bot.pocket import limits
from bot.pocket.refusals import bad_request

Entity = dict[str, Any]

SPACE = " \t\r\n\v\0"
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ATTRIBUTE = re.compile(r"""[ \t\r\n\v]*([^ \t\r\n\v\0=>/"']*)[ \t\r\n\v]*(=?)[ \t\r\n\v]*""")
FOUND_BY_TELEGRAM = (
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
)


def units(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse(raw: str, parse_mode: str, entities: Any = None) -> tuple[str, list[Entity]]:
    """The plain text and its entities, trimmed, with what Telegram finds by itself added.

    Raises RefusalError in Telegram's words for markup that it would not parse and for a text with nothing to read.
    """
    if len(raw.encode()) > limits.RAW_TEXT_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode == "html":
        text, found = parse_html(raw)
    elif mode in ("", "none"):
        text, found = raw, [dict(entity) for entity in entities or [] if isinstance(entity, dict)]
    else:
        # Markdown is left out on purpose: the bot writes HTML, and a silent half-parser would hide mistakes.
        raise bad_request("unsupported parse_mode")
    text, found = trim(text, found)
    if not text:
        raise bad_request("text must be non-empty")
    return text, (found + recognise(text, found))[: limits.ENTITIES]


def parse_html(raw: str) -> tuple[str, list[Entity]]:
    """Telegram's HTML subset. Raises RefusalError "can't parse entities: …" with byte offsets, as Telegram does."""
    source = raw + "\0"
    out: list[str] = []
    length = 0
    entities: list[Entity] = []
    opened: list[tuple[str, str, int, int]] = []
    at = 0
    while at < len(raw):
        character = source[at]
        if character == "&" and (match := CHARACTER.match(source, at)) and (decoded := _decoded(match)):
            out.append(decoded)
            length += units(decoded)
            at = match.end()
        elif character != "<":
            out.append(character)
            length += units(character)
            at += 1
        elif source[at + 1] != "/":
            name, argument, at = _start_tag(source, at)
            opened.append((name, argument, length, len(out)))
        else:
            if not opened:
                raise _unparsable(f"Unexpected end tag at byte offset {_offset(source, at)}")
            at = _end_tag(source, at, opened[-1][0])
            name, argument, offset, position = opened.pop()
            if length > offset:
                _close(entities, name, argument or "".join(out[position:]), argument, offset, length - offset)
    if opened:
        raise _unparsable(f"""Can't find end tag corresponding to start tag "{opened[-1][0]}\"""")
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(out), entities


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def _offset(source: str, at: int) -> int:
    return len(source[:at].encode())


def _decoded(match: re.Match[str]) -> str:
    named, decimal, hexadecimal = match.groups()
    if named:
        return NAMED[named]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else ""


def _start_tag(source: str, begin: int) -> tuple[str, str, int]:
    """Name, argument (a link's address, a code's language) and the place after the tag."""
    at = begin + 1
    while source[at] not in SPACE and source[at] != ">":
        at += 1
    if source[at] == "\0":
        raise _unparsable(f"Unclosed start tag at byte offset {_offset(source, begin)}")
    name = source[begin + 1 : at].lower()
    if name not in TAGS:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {_offset(source, begin)}')
    argument = ""
    unclosed = _unparsable(f'Unclosed start tag "{name}" at byte offset {_offset(source, begin)}')
    while source[at] != ">":
        match = ATTRIBUTE.match(source, at)
        if match is None:  # the pattern matches the empty string everywhere
            raise unclosed
        attribute, equals = match.groups()
        at = match.end()
        if not attribute:
            if source[at] == ">":
                break
            raise _unparsable(f'Empty attribute name in the tag "{name}" at byte offset {_offset(source, begin)}')
        if source[at] == "\0":
            raise unclosed
        value = ""
        if equals:
            value, at = _value(source, at, begin)
        argument = _argument(name, attribute, value) or argument
    if name == "span" and argument != "spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {_offset(source, begin)}')
    return name, argument, at + 1


def _value(source: str, at: int, begin: int) -> tuple[str, int]:
    if source[at] not in "\"'":
        start = at
        while source[at].isalnum() or source[at] in ".-":
            at += 1
        if source[at] not in SPACE and source[at] != ">":
            raise _unparsable(f"Unexpected end of name token at byte offset {_offset(source, start)}")
        return source[start:at].lower(), at
    end = source.find(source[at], at + 1)
    if end < 0:
        raise _unparsable(f"Unclosed start tag at byte offset {_offset(source, begin)}")
    return CHARACTER.sub(lambda match: _decoded(match) or match.group(), source[at + 1 : end]), end + 1


def _argument(name: str, attribute: str, value: str) -> str:
    if name == "a" and attribute == "href":
        return value
    if name == "code" and attribute == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if name == "span" and attribute == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if name == "blockquote" and attribute == "expandable" else ""


def _end_tag(source: str, begin: int, expected: str) -> int:
    at = begin + 2
    while source[at] not in SPACE and source[at] != ">":
        at += 1
    found = source[begin + 2 : at].lower()
    while source[at] in SPACE and source[at] != "\0":
        at += 1
    if source[at] != ">":
        raise _unparsable(f"Unclosed end tag at byte offset {_offset(source, begin)}")
    if found and found != expected:
        raise _unparsable(
            f'Unmatched end tag at byte offset {_offset(source, begin)}, expected "</{expected}>", found "</{found}>"'
        )
    return at + 1


def _close(entities: list[Entity], name: str, address: str, argument: str, offset: int, length: int) -> None:
    kind = TAGS[name]
    entity: Entity = {"type": kind, "offset": offset, "length": length}
    last = entities[-1] if entities else None
    same = last is not None and (last["offset"], last["length"]) == (offset, length)
    if kind == "text_link":
        # An address that is no link leaves plain text, without a refusal: so does Telegram.
        if not re.match(r"(https?|tg|ton|tonsite)://|mailto:|tel:|[\w-]+(\.[\w-]+)+", address, re.IGNORECASE):
            return
        entity["url"] = address if ":" in address else f"http://{address}"
    elif kind == "blockquote" and argument:
        entity["type"] = "expandable_blockquote"
    elif kind == "pre" and same and last is not None and last["type"] == "code" and last.get("language"):
        last["type"] = "pre"
        return
    elif kind == "code" and argument:
        if same and last is not None and last["type"] == "pre":
            last["language"] = argument
            return
        entity["language"] = argument
    entities.append(entity)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without blank space at its ends, and the entities moved along."""
    kept = text.replace("\r", "").strip(" \t\n\v\0\u00a0")
    lead = units(text[: text.find(kept)]) if kept else 0
    end = units(kept)
    moved = []
    for entity in entities:
        first = max(0, int(entity.get("offset", 0)) - lead)
        last = min(end, int(entity.get("offset", 0)) + int(entity.get("length", 0)) - lead)
        if last > first:
            moved.append(
                {key: value for key, value in entity.items() if not (key == "language" and entity["type"] == "code")}
                | {"offset": first, "length": last - first}
            )
    return kept, moved


def recognise(text: str, known: list[Entity]) -> list[Entity]:
    """Commands, addresses and mentions that Telegram marks by itself, outside code, links and each other."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in known
        if entity["type"] in ("code", "pre", "text_link", "bot_command", "url", "email", "mention")
    ]
    found: list[Entity] = []
    for kind, pattern in FOUND_BY_TELEGRAM:
        for match in pattern.finditer(text):
            first, last = units(text[: match.start()]), units(text[: match.end()])
            if all(last <= start or first >= end for start, end in taken):
                taken.append((first, last))
                found.append({"type": kind, "offset": first, "length": last - first})
    return sorted(found, key=lambda entity: int(entity["offset"]))
