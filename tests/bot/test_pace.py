"""How fast a chat may write: no person is ever held back, and a machine that floods cannot keep the bot from others."""

from __future__ import annotations

from bot.telegram.pace import A_SECOND, AT_ONCE, Pace

CHAT, OTHER = 7, 8


def allowed(pace: Pace, moment: float, times: int, chat: int = CHAT) -> int:
    return sum(pace.allows(chat, moment) for _ in range(times))


def test_a_phone_may_send_what_it_saved_up_and_a_flood_may_not() -> None:
    pace = Pace()
    assert allowed(pace, 100.0, 1000) == 50
    assert allowed(pace, 100.0, 1000, OTHER) == 50, "one chat's flood is no other's"
    assert allowed(pace, 100.5, 1000) == 5, "ten a second after that"
    assert allowed(pace, 200.0, 1000) == 50, "and all of it again after a while"


def test_a_chat_is_told_once_a_flood() -> None:
    pace = Pace()
    allowed(pace, 100.0, 60)
    assert [pace.tell(CHAT), pace.tell(CHAT)] == [True, False]
    allowed(pace, 101.0, 60)
    assert not pace.tell(CHAT)
    allowed(pace, 101.0 + AT_ONCE / A_SECOND, 60)
    assert pace.tell(CHAT)


def test_quiet_chats_are_not_remembered() -> None:
    pace = Pace()
    for chat in range(1000):
        pace.allows(chat, 100.0)
    pace.allows(CHAT, 102.0)
    assert len(pace._of) == 1
