"""Telegram's limits, in one place. Source: core.telegram.org/bots/api and the public source of the Bot API server."""

TEXT_LENGTH = 4096
"""Longest text of a message, in UTF-16 units after entity parsing."""
RAW_TEXT_BYTES = 1 << 15
"""Longest text before entity parsing, in bytes."""
CAPTION_LENGTH = 1024
"""Longest caption, in UTF-16 units after entity parsing."""
ENTITIES = 100
"""More entities than this are dropped without a word."""
CALLBACK_DATA_BYTES = 64
CALLBACK_ANSWER_LENGTH = 200
BUTTONS = 100
BUTTONS_IN_A_ROW = 8
COMMANDS = 100
COMMAND_DESCRIPTION_LENGTH = 256
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
NAME_LENGTH = 64
DELETE_MANY = 100
SECRET_TOKEN_LENGTH = 256
UPDATES_AT_ONCE = 100
WEBHOOK_CONNECTIONS = 40
"""How many deliveries run at once unless the bot asks for another number."""

DELETE_SECONDS = 48 * 3600
"""A bot may delete a message for everyone this long after it was sent."""
UPDATE_SECONDS = 24 * 3600
"""An update nobody fetched is forgotten after this long."""
CALLBACK_SECONDS = 15
"""A tap must be answered within this time. Telegram publishes no figure; bot authors report 10 to 15 seconds."""
TYPING_SECONDS = 5
"""How long "typing" shows after one sendChatAction."""
LONG_POLL_SECONDS = 50
"""The longest time that getUpdates waits."""
WEBHOOK_ANSWER_SECONDS = 60.0
"""A webhook that has not answered by then has failed."""
WEBHOOK_RETRY_SECONDS = 1.0
"""Wait before the first repetition of a failed delivery; doubled with each further failure."""
WEBHOOK_RETRY_LONGEST_SECONDS = 60.0
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
