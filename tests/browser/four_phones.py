"""A call for a lead, from the making of the organisation to its end, on four phones and a real browser before the real
bot: administrator, lead, deputy and practitioner.

The test and the pictures of docs/leads.md show the same run: a picture shows what was tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.visit import Phone, Sharewise, Visit

CLUB = "Riverside Youth Club"
RUNG = timedelta(minutes=1)
"""What the administrator sets, in the place of a quarter of an hour."""

NUMBERS = {
    "children's social care": "020 7946 0123",
    "the out-of-hours social work team": "020 7946 0124",
    "adult social care": "020 7946 0125",
}
"""Of nobody: Ofcom keeps these for plays."""

Picture = Callable[[Phone, str], None]


class FourPhones:
    """The page with everybody's phone."""

    def __init__(self, sharewise: Sharewise, page: Page, picture: Picture = lambda phone, name: None) -> None:
        self.sharewise = sharewise
        self.page = page
        self.picture = picture
        self.sam = Visit(page, sharewise.telegram.address)
        self.dee, self.alex, self.bo = (Phone(page, name) for name in ("Dee", "Alex", "Bo"))

    def whole_run(self) -> str:
        """All of it. Gives the reference of what was asked for."""
        self.everybody_joins()
        self.it_is_arranged()
        reference = self.sam_asks()
        self.nobody_answers(reference)
        self.the_deputy_takes_it(reference)
        self.it_is_decided_and_closed(reference)
        return reference

    # ---- making the organisation

    def everybody_joins(self) -> None:
        """The organisation is made on the page; whoever belongs to it comes by a link that is opened with a click."""
        self.page.get_by_role("button", name="Make an organisation").click()
        self.page.get_by_label("What is it called?").fill(CLUB)
        self.page.get_by_role("button", name="Make it").click()
        self.dee.sees(f"You are invited to {CLUB}.")
        self.dee.tap("I agree and join", f"You belong to {CLUB} now: administrator.")
        self.dee.write("/admin")
        self.dee.sees("Tap a name to change something.")
        for phone, part, note in ((self.alex, "Safeguarding lead", "lead"), (self.bo, "Deputy lead", "deputy")):
            self._invite(phone, part, note)
            self.dee.sees(f"Telegram calls them {phone.name}.")
            self.dee.tap("Confirm", f"Done: {phone.name}.")
            phone.sees(f"You are confirmed. At {CLUB} you are {part.lower()}.")
        self._invite(self.sam, "Member of staff or volunteer")
        self.sam.sees(f"You belong to {CLUB} now")

    def _invite(self, phone: Phone, part: str, note: str = "") -> None:
        """Dee invites somebody, whose link is opened with a click: on a new phone, where there is a note for it."""
        self.dee.tap("Invite somebody", f"Whom do you invite to {CLUB}?")
        self.dee.tap(part, "Pass the message above on to one person.")
        self.dee.chat.get_by_role("link", name="https://t.me/").last.click()
        where = self.page.get_by_role("dialog")
        if note:
            where.get_by_role("button", name="A new phone").click()
            self.page.get_by_label("Whose phone is it?").fill(f"{phone.name}, {note}")
            self.page.get_by_role("button", name="Add", exact=True).click()
        else:
            where.get_by_role("button", name=phone.name).click()
        phone.sees(f"Dee invites you to {CLUB}.")
        phone.tap("I agree and join", "Thank you.")

    def it_is_arranged(self) -> None:
        """A minute for each rung, and the numbers that everybody needs, all of it in the chat."""
        dee = self.dee
        dee.write("/admin")
        expect(dee.newest).not_to_contain_text("Pass the message above on")
        dee.sees("Tap a name to change something.")
        self.picture(dee, "organisation")
        dee.tap("Settings", f"{CLUB}: settings")
        dee.tap("2", "Tap or type.")
        dee.write("1")
        dee.sees("For today I ask the next after so many minutes: 1\n")
        dee.tap("All members", "Tap a name to change something.")
        dee.tap("Numbers", f"Numbers of {CLUB}")
        for kind, number in NUMBERS.items():
            dee.tap("Add a number", "Whose number is it?")
            dee.tap(kind, "Type the number for")
            dee.write(number)
            dee.sees("Where do you have it from?")
            dee.tap("Their own website", f"+44 {number[1:]}")

    # ---- asking, and nobody answers

    def sam_asks(self) -> str:
        """A worry, the advice, and the call for a lead out of it."""
        sam = self.sam
        sam.write("/start")
        sam.sees("If anyone is in danger now, ring 999.")
        sam.tap("Start", "Is anyone in danger now")
        sam.tap("No", "Who are you worried about?")  # the nation is the organisation's
        sam.tap("A young person of 13 to 15", "What are you worried about?")
        sam.tick("Abuse by a partner or at home")
        sam.tap("Done", "Whoever may be causing harm")
        sam.tick("Lives with them, cares for or controls them")
        sam.tap("Done", "How serious is it")
        sam.tap("Serious harm has happened or is likely", "Ring children's social care now")
        sam.tap("Speak to my lead", "Is it about your lead")
        sam.tap("No", "What may they read")
        sam.tap("The advice and its reasons", "I am asking the safeguarding lead now.")
        found = re.search(r"SW-[0-9A-Z]+", sam.newest.inner_text())
        assert found is not None
        self.alex.sees(f"{found[0]} · today")
        self.alex.sees("Somebody asks for you.")
        self.picture(self.alex, "ping")
        return found[0]

    def nobody_answers(self, reference: str) -> None:
        """Alex is silent for a minute, and for one more. Sam reads each time who is asked now."""
        self.sharewise.pass_time(RUNG)
        self.alex.sees("Second ring: nobody has taken it yet.")
        self.sam.sees(f"{reference}: nobody has answered yet. I am asking the safeguarding lead, once more now.")
        self.sharewise.pass_time(RUNG)
        self.bo.sees("The lead cannot be asked, or has not answered.")
        self.sam.sees(f"{reference}: nobody has answered yet. I am asking the deputy lead now.")
        self.picture(self.sam, "nobody-yet")

    # ---- taken, answered, decided, closed

    def the_deputy_takes_it(self, reference: str) -> None:
        """One tap settles it for everybody; then both write to each other."""
        taken = f"{reference} is taken by the deputy lead."
        self.bo.tap("I'll take it", f"{reference} is yours.")
        self.picture(self.bo, "case")
        for phone in (self.sam, self.alex):
            phone.sees(taken)
        expect(self.alex.newest.get_by_role("button")).to_have_count(0)
        self.bo.write("ring social care now, and tell me when it is done")
        self.sam.sees(f"{reference}: the deputy lead writes")
        self.sam.tap("Answer", "Type here what you want to tell them.")
        self.sam.write("they have it, and come today")
        self.bo.sees("they have it, and come today")
        self.bo.tap("Answer", f"{reference} is yours.")

    def it_is_decided_and_closed(self, reference: str) -> None:
        """Sam writes down the decision, Bo how it ended; the lead finds what happened meanwhile."""
        sam = self.sam
        sam.sees("I pass that on.")
        sam.tap("Go on", "Ring children's social care now")
        sam.tap("Write down my decision", "What have you decided?")
        sam.tap("I share it, or have shared it", "Is it done?")
        sam.tap("Yes, just now", "When will you check that they are acting?")
        sam.tap("Tomorrow", "With whom?")
        sam.tick("Social care for children")
        sam.tap("Done", "What did you, or will you, share?")
        sam.tap("Skip the rest and save", "Please check your answers.")
        sam.tap("Save the record", f"Saved as record {reference}")
        self.bo.tap("Close it", f"How does {reference} end?")
        self.bo.tap("I agree with the advice", f"{reference} is closed.")
        sam.sees("They say: I agree with the advice.")
        self.alex.write(f"/find {reference}")
        self.alex.sees("closed: I agree with the advice")
        self.bo.write("/duty")
        self.bo.sees("You are on duty now.")
        self.picture(self.bo, "duty")
        self.bo.tap("Everybody's hours", f"{CLUB}: who answers when")
