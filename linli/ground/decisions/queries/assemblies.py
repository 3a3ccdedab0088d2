"""Residents' meeting and residents' representatives' meeting (Residents' Committee Law 2025 art. 26–29)."""

from django.utils.translation import gettext as _

from .frame import BadInput, Book, Count, Decision, count, decision, whole, within


@decision("ju.assembly.quorum", "ju.rep_assembly.quorum", members=whole, present=count)
def quorum(book: Book, rule: str, *, members: int, present: int) -> Decision:
    """Say whether enough came: more than half of adults or household representatives (art. 27), two thirds of the members (art. 29)."""
    within(members=members, present=present)
    held = Count(book(rule), present, members)
    if held.met:
        text = _("%(whole)s people due, %(part)s present: this %(verdict)s (%(least)s needed); the meeting is valid.")
    else:
        text = _(
            "%(whole)s people due, %(part)s present: this %(verdict)s (%(least)s needed); the meeting is not valid."
        )
    return Decision("valid" if held.met else "invalid", text % held.said, (held.norm,))


@decision("ju.assembly.pass", "ju.rep_assembly.pass", present=count, yes=count)
def passing(book: Book, rule: str, *, present: int, yes: int) -> Decision:
    """Say whether a decision is passed: by more than half of those who came (art. 27, 29)."""
    within(present=present, yes=yes)
    held = Count(book(rule), yes, present)
    if held.met:
        text = _(
            "%(whole)s people present, %(part)s in favour: this %(verdict)s (%(least)s needed); the decision is passed."
        )
    else:
        text = _(
            "%(whole)s people present, %(part)s in favour: this %(verdict)s (%(least)s needed); the decision is rejected."
        )
    return Decision("passed" if held.met else "rejected", text % held.said, (held.norm,))


@decision("ju.rep_assembly.composition", members=whole, representatives=count)
def composition(book: Book, *, members: int, representatives: int) -> Decision:
    """Say whether representatives are four fifths or more of all members of the representatives' meeting (art. 28)."""
    within(members=members, representatives=representatives)
    held = Count(book("ju.rep_assembly.representatives_share"), representatives, members)
    if held.met:
        text = _(
            "%(whole)s members, %(part)s of them representatives: this %(verdict)s (%(least)s needed); the composition is valid."
        )
    else:
        text = _(
            "%(whole)s members, %(part)s of them representatives: this %(verdict)s (%(least)s needed); the composition is not valid."
        )
    return Decision("valid" if held.met else "invalid", text % held.said, (held.norm,))


@decision("ju.assembly.must_call", adult_residents=whole, households=whole, representatives=whole, proposers=count)
def assembly_must_call(
    book: Book,
    *,
    proposers: int,
    adult_residents: int | None = None,
    households: int | None = None,
    representatives: int | None = None,
) -> Decision:
    """Say whether a residents' meeting must be called: one tenth of adults or of household representatives, one third of representatives.

    Each is counted apart (art. 26), so exactly one of the three wholes is given.
    """
    wholes = {
        "ju.assembly.call.residents": adult_residents,
        "ju.assembly.call.households": households,
        "ju.assembly.call.representatives": representatives,
    }
    given = {key: whole for key, whole in wholes.items() if whole is not None}
    if len(given) != 1:
        raise BadInput("give exactly one of adult_residents, households, representatives")
    [(key, all_of_them)] = given.items()
    return _must_call(book, key, proposers, all_of_them)


@decision("ju.rep_assembly.must_call", representatives=whole, proposers=count)
def rep_assembly_must_call(book: Book, *, representatives: int, proposers: int) -> Decision:
    """Say whether a representatives' meeting must be called: on demand of one fifth of the representatives (art. 28)."""
    return _must_call(book, "ju.rep_assembly.call", proposers, representatives)


def _must_call(book: Book, key: str, proposers: int, all_of_them: int) -> Decision:
    if proposers > all_of_them:
        raise BadInput(f"proposers ({proposers}) is more than all who may propose ({all_of_them})")
    held = Count(book(key), proposers, all_of_them)
    if held.met:
        text = _("%(part)s of %(whole)s propose it: this %(verdict)s (%(least)s needed); the meeting must be called.")
    else:
        text = _(
            "%(part)s of %(whole)s propose it: this %(verdict)s (%(least)s needed); there is no duty to call the meeting."
        )
    return Decision("must_call" if held.met else "no_duty", text % held.said, (held.norm,))
