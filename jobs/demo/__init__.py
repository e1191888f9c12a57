"""A board to try: invented employers, postings and people, all in the files of `data/demo`."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from codes.entries import read
from jobs.demo.desks import furnish
from jobs.demo.employers import add_employers, join_owners
from jobs.demo.people import add_people
from jobs.demo.postings import add_postings

DATA = Path(__file__).parent.parent / "data" / "demo"


@transaction.atomic
def load(*, now: datetime, password: str, folder: Path = DATA) -> dict[str, int]:
    """Add what is missing and touch nothing else; returns how many of each came new.

    `password` is for the people who log in. Owners and moderators join last, so that nobody is
    mailed about the weeks before. Raises BadEntry that names the file and the entry.
    """
    people = add_people(folder / "people.json", password=password)
    employers = add_employers(folder / "employers.json", now=now)
    moderator = next(
        entry["email"] for entry in read(folder / "people.json") if "moderates" in entry
    )
    postings = add_postings(folder, moderator=moderator, now=now)
    furnish(folder / "people.json", people, now=now)
    join_owners(folder / "employers.json", employers)
    return {"people": len(people), "employers": len(employers), "postings": postings}
