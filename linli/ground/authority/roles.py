"""The roles of the city: plain code, a sentence each. A post carries one role."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .powers import Power


class Reach(models.TextChoices):
    """How far a role's powers go."""

    BODY = "body", _("the own body's matters only")
    PLACE = "place", _("everything within the own body's place")


class RoleCode(models.TextChoices):
    """The codes that posts store."""

    MEMBER = "member", _("member")
    DELEGATE = "delegate", _("delegate")
    WORKER = "worker", _("community worker")
    CHAIR = "chair", _("committee chair")
    SUBDISTRICT = "subdistrict", _("sub-district officer")
    DEPARTMENT = "department", _("department officer")
    REVIEWER = "reviewer", _("reviewing officer")
    ADMINISTRATOR = "administrator", _("administrator")


@dataclass(frozen=True)
class Role:
    """A named set of powers, and how far they go."""

    code: RoleCode
    sentence: Promise
    reach: Reach
    powers: frozenset[Power]


def _role(code: RoleCode, sentence: Promise, reach: Reach, *powers: Power) -> tuple[RoleCode, Role]:
    return code, Role(code, sentence, reach, frozenset(powers))


ROLES: dict[RoleCode, Role] = dict(
    [
        _role(RoleCode.MEMBER, _("Holds a seat; sees what everybody sees."), Reach.BODY),
        _role(
            RoleCode.DELEGATE,
            _(
                "Speaks for a resident unit, an association or a property provider: works on the cases that it is given."
            ),
            Reach.BODY,
            Power.HANDLE_CASES,
        ),
        _role(
            RoleCode.WORKER,
            _("Works at the community's desk: takes needs and applications in and answers them."),
            Reach.PLACE,
            Power.REGISTER_CASES,
            Power.HANDLE_CASES,
            Power.ACT_OFFICIALLY,
            Power.OVERSEE_CASES,
            Power.CALL_BACK_CASES,
            Power.HANDLE_APPLICATIONS,
            Power.KEEP_REGISTER,
            Power.UNMASK_PEOPLE,
        ),
        _role(
            RoleCode.CHAIR,
            _("Leads the residents' or villagers' committee and answers for its community."),
            Reach.PLACE,
            Power.REGISTER_CASES,
            Power.HANDLE_CASES,
            Power.ACT_OFFICIALLY,
            Power.OVERSEE_CASES,
            Power.HANDLE_APPLICATIONS,
            Power.OVERSEE_APPLICATIONS,
            Power.KEEP_REGISTER,
            Power.UNMASK_PEOPLE,
            Power.MANAGE_BODIES,
        ),
        _role(
            RoleCode.SUBDISTRICT,
            _(
                "Works for the sub-district or town: handles its cases and applications and watches over its communities."
            ),
            Reach.PLACE,
            Power.REGISTER_CASES,
            Power.HANDLE_CASES,
            Power.ACT_OFFICIALLY,
            Power.OVERSEE_CASES,
            Power.DISPATCH_CASES,
            Power.CALL_BACK_CASES,
            Power.HANDLE_APPLICATIONS,
            Power.OVERSEE_APPLICATIONS,
            Power.UNMASK_PEOPLE,
            Power.MANAGE_BODIES,
            Power.LODGE_CHARTERS,
        ),
        _role(
            RoleCode.DEPARTMENT,
            _("Works for a department: handles the cases it leads and the applications for its items."),
            Reach.BODY,
            Power.HANDLE_CASES,
            Power.ACT_OFFICIALLY,
            Power.DECIDE_APPLICATIONS,
        ),
        _role(
            RoleCode.REVIEWER,
            _(
                "Works for the reviewing office: watches over the city, keeps the rules of custom and the catalogue of services."
            ),
            Reach.PLACE,
            Power.OVERSEE_CASES,
            Power.DISPATCH_CASES,
            Power.CALL_BACK_CASES,
            Power.EXCLUDE_RATINGS,
            Power.KEEP_ROUTES,
            Power.KEEP_REPLIES,
            Power.OVERSEE_APPLICATIONS,
            Power.KEEP_CATALOGUE,
            Power.CHANGE_RULES,
            Power.LODGE_CHARTERS,
            Power.EDIT_CALENDAR,
        ),
        _role(
            RoleCode.ADMINISTRATOR,
            _(
                "Runs the platform: accounts, bodies, places, calendar, catalogue of services; has no part in the matters themselves."
            ),
            Reach.PLACE,
            Power.MANAGE_BODIES,
            Power.MANAGE_PLACES,
            Power.EDIT_CALENDAR,
            Power.KEEP_CATALOGUE,
            Power.ADMINISTER,
        ),
    ]
)
