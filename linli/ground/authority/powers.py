"""Every power in the city, in one list. The database stores only who holds which post; what a post may do is written here and in roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Power(models.TextChoices):
    """One thing that a post may do within its own body or over its place."""

    REGISTER_CASES = "register_cases", _("take down a need for a resident at the desk")
    HANDLE_CASES = "handle_cases", _("accept, answer and close the cases led by the own body")
    ACT_OFFICIALLY = (
        "act_officially",
        _("not take a need on by law, and see who brought the own body's cases in full, on the record"),
    )
    OVERSEE_CASES = "oversee_cases", _("see every case within the own place")
    DISPATCH_CASES = (
        "dispatch_cases",
        _("rule on cases that a lead returns, and give them a lead, within the own place"),
    )
    KEEP_REPLIES = "keep_replies", _("keep the reply templates that everybody in the own place is offered")
    CALL_BACK_CASES = "call_back_cases", _("call residents back about cases of other bodies within the own place")
    EXCLUDE_RATINGS = "exclude_ratings", _("leave a case out of the rates of call-backs, with a reason, on the record")
    HANDLE_APPLICATIONS = "handle_applications", _("take in, accept and decide the applications at the own body's desk")
    DECIDE_APPLICATIONS = (
        "decide_applications",
        _("see the applications for the items of the own department, and decide those forwarded to it"),
    )
    OVERSEE_APPLICATIONS = "oversee_applications", _("see every application within the own place")
    KEEP_REGISTER = "keep_register", _("keep the residents' register of the own place")
    UNMASK_PEOPLE = "unmask_people", _("see a resident's full phone and identity number, on the record")
    MANAGE_BODIES = "manage_bodies", _("set up bodies and posts and record who holds them")
    KEEP_CATALOGUE = "keep_catalogue", _("keep the catalogue of services: add, edit and end items")
    CHANGE_RULES = "change_rules", _("change the rules of custom, with a reason and from a date")
    KEEP_ROUTES = "keep_routes", _("keep the categories of needs and the routes by which they find their lead")
    LODGE_CHARTERS = "lodge_charters", _("lodge the charter of a community: what its residents decided on a rule")
    EDIT_CALENDAR = "edit_calendar", _("announce holidays and swapped working days")
    MANAGE_PLACES = "manage_places", _("load places and draw grids")
    ADMINISTER = "administer", _("manage accounts, API tokens and webhooks")
