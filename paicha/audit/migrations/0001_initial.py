"""The tables of the audit."""

from typing import ClassVar

import django.utils.timezone
from django.db import migrations, models

import paicha.tenancy.models
from paicha.tenancy.postgres import ScopeTables


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("committee_id", models.UUIDField(editable=False)),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("event", models.CharField(editable=False, max_length=40)),
                ("actor_id", models.UUIDField(editable=False, null=True)),
                ("actor_name", models.CharField(blank=True, editable=False, max_length=150)),
                ("subject_kind", models.CharField(blank=True, editable=False, max_length=40)),
                ("subject_id", models.UUIDField(editable=False, null=True)),
                ("branch_id", models.UUIDField(editable=False, null=True)),
                ("payload", models.TextField(blank=True, editable=False)),
                ("salt", models.BinaryField(max_length=32, null=True)),
                ("payload_digest", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["committee_id", "occurred_at"], name="audit_time"),
                    models.Index(fields=["committee_id", "subject_id", "occurred_at"], name="audit_subject"),
                    models.Index(fields=["committee_id", "branch_id", "occurred_at"], name="audit_branch"),
                    models.Index(fields=["committee_id", "actor_id", "occurred_at"], name="audit_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("committee_id", models.UUIDField(editable=False)),
                ("number", models.PositiveBigIntegerField(editable=False)),
                ("event_id", models.UUIDField(editable=False)),
                ("digest", models.BinaryField(max_length=32)),
                ("mac", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("committee_id", "number"), name="one_seal_of_a_number"),
                    models.UniqueConstraint(fields=("committee_id", "event_id"), name="one_seal_of_an_event"),
                ],
            },
        ),
        ScopeTables("audit_auditevent", "audit_auditseal"),
    ]
