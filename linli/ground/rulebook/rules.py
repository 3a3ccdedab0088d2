"""Who may change a rule: the office that keeps custom, over its own place. Who lodges charters: the sub-district. Nobody changes law."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.places.divisions import Level

from .models import Rule, RuleVersion
from .units import Mark


def may_keep(actor: Actor) -> bool:
    """Say whether the actor's post keeps the rules of custom of some place."""
    return actor.area(Power.CHANGE_RULES) is not None


def may_change(actor: Actor, rule: Rule) -> bool:
    """Say whether the actor's post may set a value of this rule somewhere within its place."""
    return may_keep(actor) and not is_locked(rule)


def may_change_in(actor: Actor, rule: Rule, place_path: str) -> bool:
    """Say whether the actor's post may set the value that holds in this place."""
    return actor.holds(Power.CHANGE_RULES, place_path) and not is_locked(rule)


def may_set(actor: Actor) -> bool:
    """Say whether the actor's post has to do with setting rules: by custom or by lodging charters."""
    return may_keep(actor) or actor.area(Power.LODGE_CHARTERS) is not None


def may_lodge(actor: Actor, rule: Rule) -> bool:
    """Say whether the actor's post takes in what communities decide on this rule; the law must leave it to them.

    Charters and conventions are filed with the sub-district or the government above it (Residents' Committee Law 2025 art. 31).
    """
    return actor.area(Power.LODGE_CHARTERS) is not None and rule.down_to == Level.COMMUNITY and not is_locked(rule)


def may_lodge_for(actor: Actor, rule: Rule, place_path: str) -> bool:
    """Say whether the actor's post takes in what this community decides on the rule."""
    return may_lodge(actor, rule) and actor.holds(Power.LODGE_CHARTERS, place_path)


def may_withdraw(actor: Actor, version: RuleVersion) -> bool:
    """Say whether the actor's post takes back what this community's charter was recorded to say."""
    return version.mark == Mark.CHARTER and may_lodge_for(actor, version.rule, version.jurisdiction)


def is_locked(rule: Rule) -> bool:
    """Say whether the law fixes the value: it is law and the law allows no deviation."""
    return not rule.may_deviate and any(version.mark == Mark.LAW for version in rule.versions.all())
