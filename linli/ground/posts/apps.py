"""How the rest of the house meets the keeping of posts."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Who may keep a body finds its posts to be kept on its page."""

    name = "linli.ground.posts"

    def ready(self) -> None:
        """Register the part of a body's page."""
        from linli.ground.organisations import sections

        from . import queries

        sections.register(order=60, template_name="posts/of_body.html", context=queries.section_of_body)
