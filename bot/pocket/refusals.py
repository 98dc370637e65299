"""Telegram's refusals, in the codes and words of the public source of the Bot API server."""

from typing import Any


class RefusalError(Exception):
    """A call that Telegram turns down.

    `code` is both the HTTP status and `error_code`; `parameters` is the ResponseParameters object, if any.
    """

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> RefusalError:
    """400; PTB raises BadRequest."""
    return RefusalError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusalError:
    """403; PTB raises Forbidden."""
    return RefusalError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusalError:
    """409; PTB raises Conflict."""
    return RefusalError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> RefusalError:
    """429 with the seconds to wait; PTB raises RetryAfter."""
    return RefusalError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def not_found() -> RefusalError:
    """404 for an unknown method or a malformed token; PTB raises InvalidToken for both."""
    return RefusalError(404, "Not Found")


def unauthorized() -> RefusalError:
    """401 for a token nobody has; PTB raises InvalidToken."""
    return RefusalError(401, "Unauthorized")


class MisuseError(Exception):
    """What a person at a phone, or a test, asked for cannot be done; the sentence says why."""
