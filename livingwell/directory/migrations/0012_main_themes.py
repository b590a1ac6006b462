"""How far a theme stands from what a service mainly is: nobody is offered it for the sake of the ninth."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_notes_of_the_confidential"),
        ("themes", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="listingtheme",
            name="directory_listingtheme_near",
        ),
        migrations.RemoveIndex(
            model_name="listingtheme",
            name="directory_listingtheme_fresh",
        ),
        migrations.RemoveIndex(
            model_name="listingtheme",
            name="directory_listingtheme_any",
        ),
        migrations.AddField(
            model_name="listingtheme",
            name="place",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="listingtheme",
            index=models.Index(
                condition=models.Q(("place__lt", 8)),
                fields=["theme", "cell"],
                include=("listing", "latitude", "longitude", "reach_km"),
                name="directory_listingtheme_near",
            ),
        ),
        migrations.AddIndex(
            model_name="listingtheme",
            index=models.Index(
                models.F("theme"),
                models.OrderBy(models.F("assured_on"), descending=True, nulls_last=True),
                models.F("listing"),
                condition=models.Q(("place__lt", 8)),
                name="directory_listingtheme_fresh",
            ),
        ),
        migrations.AddIndex(
            model_name="listingtheme",
            index=models.Index(
                models.F("theme"),
                models.OrderBy(models.F("assured_on"), descending=True, nulls_last=True),
                models.F("listing"),
                condition=models.Q(("place__lt", 8), ("reach_km", None)),
                name="directory_listingtheme_any",
            ),
        ),
    ]
