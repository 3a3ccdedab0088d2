"""Who may see to-dos."""

from linli.ground.authority.actors import Actor


def may_list_todos(actor: Actor) -> bool:
    """Whoever acts in a post sees what its body has to do."""
    return actor.post is not None
