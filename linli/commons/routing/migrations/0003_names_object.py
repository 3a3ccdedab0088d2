from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a question name the object; the one for the number of a lamp does, where a city still asks it as it was shipped."""

    dependencies = [
        ('routing', '0002_stands_still'),
    ]

    operations = [
        migrations.AddField(
            model_name='question',
            name='names_object',
            field=models.BooleanField(default=False, verbose_name='names the object'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('names_object', True)), fields=('category',), name='question_one_object_a_category', violation_error_message='One question of a category names the object, no more.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('names_object', False), ('options', []), _connector='OR'), name='question_object_is_not_chosen', violation_error_message='The number of an object is written, not chosen from options.'),
        ),
        migrations.RunSQL(
            """
            UPDATE routing_question
               SET names_object = TRUE
              FROM routing_category
             WHERE routing_category.id = routing_question.category_id
               AND (routing_category.code, routing_question.code) = ('street-light', 'pole')
               AND routing_question.options = '{}'
            """,
            migrations.RunSQL.noop,
        ),
    ]
