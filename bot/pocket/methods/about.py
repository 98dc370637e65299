"""What a bot says about itself: name, commands, descriptions, menu button."""

import re
from typing import Any

from bot.pocket import limits
from bot.pocket.call import Call
from bot.pocket.refusals import bad_request
from bot.pocket.things import Json

SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(call: Call) -> Json:
    """getMe: the full User object."""
    return call.world.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _scope(call: Call) -> str:
    scope: Any = call.value("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in SCOPES:
        return str(kind)
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = call.world.chat_for_bot(scope.get("chat_id"), writing=False)
    return f"{kind}:{chat.chat()['id']}"


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def set_my_commands(call: Call) -> bool:
    """setMyCommands, per scope and language."""
    commands = call.value("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name = str(command.get("command", "")).strip().removeprefix("/")
        description = str(command.get("description", "")).strip()
        if not name:
            raise bad_request("command must be non-empty")
        if len(name) > 32:
            raise bad_request("command length must not exceed 32")
        if not description:
            raise bad_request("command description must be non-empty")
        if not COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if len(description) > limits.COMMAND_DESCRIPTION_LENGTH:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    call.world.about("commands")[f"{_scope(call)}/{_language(call)}"] = kept
    call.world.keep_about("commands")
    return True


def get_my_commands(call: Call) -> list[Json]:
    """getMyCommands: exactly this scope and language, without falling back."""
    commands: list[Json] = call.world.about("commands").get(f"{_scope(call)}/{_language(call)}", [])
    return commands


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.world.about("commands").pop(f"{_scope(call)}/{_language(call)}", None)
    call.world.keep_about("commands")
    return True


def _set(call: Call, topic: str, longest: int) -> bool:
    value = call.text(topic)
    if len(value) > longest:
        raise bad_request(f"{topic.replace('_', ' ')} is too long")
    language = _language(call)
    if value:
        call.world.about(topic)[language] = value
    else:
        call.world.about(topic).pop(language, None)
    call.world.keep_about(topic)
    return True


def _get(call: Call, topic: str, otherwise: str = "") -> Json:
    known = call.world.about(topic)
    return {topic: known.get(_language(call)) or known.get("") or otherwise}


def set_my_name(call: Call) -> bool:
    """setMyName."""
    return _set(call, "name", limits.NAME_LENGTH)


def get_my_name(call: Call) -> Json:
    """getMyName."""
    return _get(call, "name", call.world.bot_name())


def set_my_description(call: Call) -> bool:
    """setMyDescription: shown in the empty chat."""
    return _set(call, "description", limits.DESCRIPTION_LENGTH)


def get_my_description(call: Call) -> Json:
    """getMyDescription."""
    return _get(call, "description")


def set_my_short_description(call: Call) -> bool:
    """setMyShortDescription."""
    return _set(call, "short_description", limits.SHORT_DESCRIPTION_LENGTH)


def get_my_short_description(call: Call) -> Json:
    """getMyShortDescription."""
    return _get(call, "short_description")


def set_chat_menu_button(call: Call) -> bool:
    """setChatMenuButton, for one chat or for all."""
    button: Any = call.value("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    call.world.about("menu_button")[_chat_key(call)] = button
    call.world.keep_about("menu_button")
    return True


def get_chat_menu_button(call: Call) -> Json:
    """getChatMenuButton."""
    known = call.world.about("menu_button")
    button: Json = known.get(_chat_key(call)) or known.get("") or {"type": "commands"}
    return button


def _chat_key(call: Call) -> str:
    if not call.text("chat_id"):
        return ""
    return str(call.world.chat_for_bot(call.parameters.get("chat_id"), writing=False).chat()["id"])
