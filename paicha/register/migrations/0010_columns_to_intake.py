"""What the columns of a list are is kept by intake for every kind of list: its table goes over as it is, its rows and
its row-level security with it (intake 0002)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("register", "0009_home_of_a_tally")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("RosterColumns", "intake_savedcolumns")],
            state_operations=[migrations.DeleteModel("RosterColumns")],
        ),
    ]
