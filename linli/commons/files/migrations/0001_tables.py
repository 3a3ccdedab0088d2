import linli.ground.core.codes
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('files', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=20, unique=True)),
                ('about', models.CharField(blank=True, max_length=100)),
                ('keeper', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('media', models.CharField(choices=[('image/jpeg', 'JPEG picture'), ('image/png', 'PNG picture'), ('image/webp', 'WebP picture'), ('application/pdf', 'PDF document')], max_length=40, verbose_name='kind')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('stored_as', models.CharField(max_length=60, unique=True)),
                ('thumbnail_as', models.CharField(blank=True, max_length=60)),
                ('uploaded_at', models.DateTimeField(verbose_name='uploaded')),
                ('by', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'verbose_name': 'file',
                'indexes': [models.Index(condition=models.Q(('about', ''), _negated=True), fields=['about', 'id'], name='file_by_matter'), models.Index(condition=models.Q(('about', '')), fields=['keeper', 'uploaded_at'], name='file_drafts')],
                'constraints': [models.CheckConstraint(condition=models.Q(('about', ''), ('keeper', ''), _connector='XOR'), name='file_belongs_to_a_thing_or_waits'), models.CheckConstraint(condition=models.Q(('media__in', ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'])), name='file_media'), models.CheckConstraint(condition=models.Q(models.Q(('height', None), ('media', 'application/pdf'), ('thumbnail_as', ''), ('width', None)), models.Q(models.Q(('media', 'application/pdf'), _negated=True), ('height__gte', 1), ('height__isnull', False), ('width__gte', 1), ('width__isnull', False), models.Q(('thumbnail_as', ''), _negated=True)), _connector='OR'), name='pictures_have_a_size')],
            },
        ),
    ]
