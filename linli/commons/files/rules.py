"""Who may see files."""

from linli.ground.authority.actors import Actor

from .models import File


def may_show(actor: Actor, file: File) -> bool:  # noqa: ARG001 (whoever sees the thing sees its files: `visible_to` decides)
    """Everybody to whom the thing that it belongs to is visible."""
    return True


def may_show_thumbnail(actor: Actor, file: File) -> bool:
    """The same people, where there is a picture."""
    return may_show(actor, file) and file.is_picture
