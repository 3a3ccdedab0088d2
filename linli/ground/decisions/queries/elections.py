"""Election, recall and appraisal of the residents' committee (Residents' Committee Law 2025 art. 17–20, 37)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .frame import Book, Count, Decision, count, day, decision, list_of, one_of, whole, within, yes_no

UNFIT: Final = "不称职"


@decision("ju.election.all_voters.quorum", "ju.election.households.quorum", registered=whole, voted=count)
def quorum(book: Book, rule: str, *, registered: int, voted: int) -> Decision:
    """Say whether an election by all voters or by household is valid: more than half voted (art. 19)."""
    within(registered=registered, voted=voted)
    return _turnout(Count(book(rule), voted, registered))


@decision("ju.election.representatives.quorum", representatives=whole, voted=count)
def representatives_quorum(book: Book, *, representatives: int, voted: int) -> Decision:
    """Say whether an election by representatives is valid: more than two thirds voted (art. 19)."""
    within(representatives=representatives, voted=voted)
    return _turnout(Count(book("ju.election.representatives.quorum"), voted, representatives))


def _turnout(held: Count) -> Decision:
    if held.met:
        text = _("%(whole)s entitled, %(part)s voted: this %(verdict)s (%(least)s needed); the election is valid.")
    else:
        text = _("%(whole)s entitled, %(part)s voted: this %(verdict)s (%(least)s needed); the election is not valid.")
    return Decision("valid" if held.met else "invalid", text % held.said, (held.norm,))


@decision("ju.election.win", voted=count, votes_for=count)
def win(book: Book, *, voted: int, votes_for: int) -> Decision:
    """Say whether a candidate is elected: by more than half of those who voted (art. 19)."""
    within(voted=voted, votes_for=votes_for)
    held = Count(book("ju.election.win"), votes_for, voted)
    if held.met:
        text = _("%(whole)s people voted, %(part)s votes for: this %(verdict)s (%(least)s needed); elected.")
    else:
        text = _("%(whole)s people voted, %(part)s votes for: this %(verdict)s (%(least)s needed); not elected.")
    return Decision("elected" if held.met else "not_elected", text % held.said, (held.norm,))


@decision("ju.election.runoff", ballots_cast=count, votes_for=count, rank=whole)
def runoff(book: Book, *, ballots_cast: int, votes_for: int, rank: int) -> Decision:
    """Say whether a candidate wins one missing seat in the second vote: most votes, and one third or more of the ballots cast (art. 19).

    `rank` is the candidate's place by votes, 1 the first.
    """
    within(ballots_cast=ballots_cast, votes_for=votes_for)
    held = Count(book("ju.election.runoff.min"), votes_for, ballots_cast)
    elected = held.met and rank == 1
    if elected:
        text = _(
            "%(whole)s ballots cast, %(part)s votes for, place %(rank)s: this %(verdict)s (%(least)s needed); elected."
        )
    else:
        text = _(
            "%(whole)s ballots cast, %(part)s votes for, place %(rank)s: this %(verdict)s (%(least)s needed); not elected."
        )
    return Decision("elected" if elected else "not_elected", text % (held.said | {"rank": rank}), (held.norm,))


@decision(
    "ju.election.proxy",
    proxies_held=count,
    candidate=yes_no,
    mode=one_of("all_voters", "households", "representatives"),
)
def proxy(book: Book, *, proxies_held: int, candidate: bool, mode: str) -> Decision:
    """Say whether a person may vote for others: three at most, candidates for nobody, nobody where representatives elect (art. 19).

    `proxies_held` is how many they would hold.
    """
    most = book("ju.election.proxy.max_per_voter")
    numbers = {"held": proxies_held, "most": most.number}
    if mode == "representatives":
        return Decision(
            "refused",
            _("Where representatives elect, nobody votes by proxy."),
            (book("ju.election.proxy.representatives"),),
        )
    if candidate:
        return Decision("refused", _("A candidate may not vote for others."), (book("ju.election.proxy.candidates"),))
    if proxies_held > most.number:
        return Decision(
            "refused", _("Votes for %(held)s others, at most %(most)s are allowed: refused.") % numbers, (most,)
        )
    return Decision(
        "allowed", _("Votes for %(held)s others, at most %(most)s are allowed: allowed.") % numbers, (most,)
    )


@decision("ju.voter_list.publish", election_day=day, published=day)
def voter_list(book: Book, *, election_day: date, published: date) -> Decision:
    """Say whether the voters' list came in time: 20 days before election day (art. 17).

    Election day itself does not count (by Civil Code art. 201), so the 20th day before it is the last day: published on 11 December
    for 31 December is in time.
    """
    norm = book("ju.voter_list.publish_days_before")
    latest = election_day - timedelta(days=norm.number)
    said = {"day": date_format(election_day), "latest": date_format(latest), "published": date_format(published)}
    if published <= latest:
        text = _("Election day is %(day)s, the list is due by %(latest)s; published on %(published)s: in time.")
        return Decision("in_time", text % said, (norm,))
    text = _("Election day is %(day)s, the list is due by %(latest)s; published on %(published)s: late.")
    return Decision("late", text % said, (norm,))


@decision("ju.appraisal", results=list_of("称职", "基本称职", UNFIT))
def appraisal(book: Book, *, results: Sequence[str]) -> Decision:
    """Say whether a member's office ends: by two appraisals 不称职 in a row, anywhere in the results, oldest first (art. 37)."""
    norm = book("ju.appraisal.fail_terminates")
    longest = max((len(list(run)) for result, run in groupby(results) if result == UNFIT), default=0)
    said = {"longest": longest, "most": norm.number}
    if longest >= norm.number:
        text = _("Appraised as incompetent %(longest)s times in a row; %(most)s times end the office: terminated.")
        return Decision("terminated", text % said, (norm,))
    text = _("Appraised as incompetent %(longest)s times in a row; %(most)s times end the office: continues.")
    return Decision("continue", text % said, (norm,))


@decision("ju.recall.propose", "cun.recall.propose", voters=whole, signers=count)
def recall(book: Book, rule: str, *, voters: int, signers: int) -> Decision:
    """Say whether a recall must be admitted: one tenth of the voters in a community (art. 20), one fifth in a village (its law art. 19)."""
    within(voters=voters, signers=signers)
    held = Count(book(f"{rule}.voters"), signers, voters)
    if held.met:
        text = _(
            "%(whole)s voters, %(part)s signed: this %(verdict)s (%(least)s needed); the request for recall is admitted."
        )
    else:
        text = _(
            "%(whole)s voters, %(part)s signed: this %(verdict)s (%(least)s needed); the request for recall is refused."
        )
    return Decision("admitted" if held.met else "refused", text % held.said, (held.norm,))
