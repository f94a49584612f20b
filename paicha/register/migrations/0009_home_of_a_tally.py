"""Where directions of a branch's register were reckoned from: "" of what was counted before is reckoned anew."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("register", "0008_closed_at")]

    operations: ClassVar = [
        migrations.AddField("BranchTally", "home", models.CharField(blank=True, default="", max_length=12)),
    ]
