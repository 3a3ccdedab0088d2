from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MOST = 40


def number_namesakes(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Number the later ones of the posts that were given the name of another post of their body."""
    posts = apps.get_model("organisations", "Post").objects.filter(abolished_on=None)
    twice = posts.values("body", "name").order_by().annotate(n=models.Count("pk")).filter(n__gt=1)
    for one in list(twice):
        taken = set(posts.filter(body=one["body"]).values_list("name", flat=True))
        for post in posts.filter(body=one["body"], name=one["name"]).order_by("position", "pk")[1:]:
            number = next(n for n in range(2, len(taken) + 3) if _numbered(one["name"], n) not in taken)
            post.name = _numbered(one["name"], number)
            taken.add(post.name)
            post.save(update_fields=["name"])


def _numbered(name: str, number: int) -> str:
    mark = f"（{number}）"
    return name[: MOST - len(mark)] + mark


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_seats_by_index")]

    operations = [
        migrations.RunPython(number_namesakes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("abolished_on", None)), fields=("body", "name"), name="post_names_differ"
            ),
        ),
    ]
