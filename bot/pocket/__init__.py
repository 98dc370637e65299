"""A strict Telegram Bot API server for one machine, with a page of phones: for trying the bot and for testing it."""
