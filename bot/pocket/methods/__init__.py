"""The Bot API's methods, one module a family. `METHODS` has them by lower-case name."""

from collections.abc import Awaitable, Callable

from bot.pocket.call import Call
from bot.pocket.methods import about, callbacks, editing, files, receiving, sending

Method = Callable[[Call], object | Awaitable[object]]

_BY_NAME: dict[str, Method] = {
    "getMe": about.get_me,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "deleteMyCommands": about.delete_my_commands,
    "setMyName": about.set_my_name,
    "getMyName": about.get_my_name,
    "setMyDescription": about.set_my_description,
    "getMyDescription": about.get_my_description,
    "setMyShortDescription": about.set_my_short_description,
    "getMyShortDescription": about.get_my_short_description,
    "setChatMenuButton": about.set_chat_menu_button,
    "getChatMenuButton": about.get_chat_menu_button,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendChatAction": sending.send_chat_action,
    "getChat": sending.get_chat,
    "leaveChat": sending.leave_chat,
    "sendDocument": files.send_document,
    "sendPhoto": files.send_photo,
    "getFile": files.get_file,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
}

METHODS = {name.lower(): method for name, method in _BY_NAME.items()}
NAMES = {name.lower(): name for name in _BY_NAME}
"""Each method as the documentation spells it; Telegram takes it in any case."""
