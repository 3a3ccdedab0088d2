"""How the rest of the house meets messages: a follower of the log, doors in the navigation, and the words of what lies below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Messages to people."""

    name = "linli.commons.notices"
    verbose_name = _("messages")

    def ready(self) -> None:
        """Follow the log and stand in the navigation."""
        from linli.ground.core import feed

        from .actions import fan_out

        feed.register_follower("notices", fan_out)
        _tell()
        _tell_of_data()
        _show()
        _hold()


def _tell() -> None:
    """Register the words for to-dos."""
    from . import queries, templates
    from .models import Channel

    todos = templates.Group("deadlines", _("Deadlines"), queries.is_in_post)
    templates.register(
        "deadlines.todo.remind",
        group=todos,
        audience=queries.who_must_act,
        title=_("Due soon: %(about)s"),
        text=_("It is due by the end of the next working day."),
        channels=(Channel.EMAIL,),
    )
    templates.register(
        "deadlines.todo.escalate",
        group=todos,
        audience=queries.who_must_act,
        title=_("Overdue: %(about)s"),
        text=_("The time is up. The body above has been told."),
        channels=(Channel.SMS, Channel.EMAIL),
    )
    templates.register(
        "deadlines.todo.urge",
        group=todos,
        audience=queries.who_must_act,
        title=_("Urged: %(about)s"),
        text=_("A body above you asks for it. What it expects stands on the page of the matter."),
        channels=(Channel.SMS, Channel.EMAIL),
    )


def _tell_of_data() -> None:
    """Register the words for requests about personal data."""
    from . import queries, templates
    from .models import Channel

    data = templates.Group("residents", _("My data"), queries.stands_in_register)
    see = _("What is kept about you, and how your request was answered, stands on the page of your data.")
    refused = _("The reason stands on the page of your data. If you do not agree, ask at the desk of your community.")
    answers = {
        "residents.datarequest.finish": (_("Your data have been corrected"), _("Personal data corrected"), see),
        "residents.datarequest.refuse": (
            _("Your request about your data was refused"),
            _("Request about personal data refused"),
            refused,
        ),
    }
    for verb, (title, called, text) in answers.items():
        templates.register(
            verb,
            group=data,
            audience=queries.who_asked_about_data,
            title=title,
            called=called,
            text=text,
            channels=(Channel.SMS,),
        )


def _hold() -> None:
    """Let people have a copy of their messages, and have them erased."""
    from linli.ground.residents import personal_data

    from . import actions, queries

    personal_data.register("notices", _("Messages"), collect=queries.copy_for, erase=actions.erase_for)


def _show() -> None:
    """Put the doors into the navigation."""
    from dataclasses import replace

    from linli.ground.ui.navigation import Area, Badge, Entry, register

    from . import queries, rules

    inbox = Entry(
        area=Area.DESK,
        group=_("My work"),
        order=20,
        label=_("Messages"),
        url_name="notices:inbox",
        icon="bell",
        visible=rules.may_read,
        badge=Badge(queries.unread_messages, queries.spoken_unread),
    )
    undelivered = Entry(
        area=Area.DESK,
        group=_("Platform"),
        order=911,
        label=_("Undelivered"),
        url_name="notices:undelivered",
        icon="alert-triangle",
        minor=True,
        visible=rules.may_see_undelivered,
    )
    for entry in (inbox, replace(inbox, area=Area.CORNER, group=""), undelivered):
        register(entry)
