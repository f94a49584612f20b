import django.db.models.deletion
from django.db import migrations, models

import paicha.tenancy.models
import paicha.vault.fields
from paicha.tenancy.postgres import ScopeTables


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("register", "0008_closed_at"),
    ]

    operations = [
        migrations.AlterField(
            model_name="submissionfile",
            name="paper",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "附件1 流出党员基本信息登记表"),
                    (2, "附件2 流出党员有关情况统计表"),
                    (3, "排查工作情况报告"),
                    (4, "流出党员参加主题教育情况"),
                    (5, "签字扫描件"),
                ]
            ),
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("committee_id", models.UUIDField(editable=False)),
                ("until", models.DateTimeField()),
                ("filed_at", models.DateTimeField()),
                ("actor_id", models.UUIDField()),
                ("actor_name", models.CharField(max_length=40)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="campaigns.campaignunit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["committee_id", "unit", "until"], name="filing_unit")],
            },
        ),
        migrations.CreateModel(
            name="LookBack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("committee_id", models.UUIDField(editable=False)),
                ("reason", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("actor_id", models.UUIDField()),
                ("actor_name", models.CharField(max_length=40)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="campaigns.campaignunit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["committee_id", "unit", "asked_at"], name="look_back_unit")],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("committee_id", models.UUIDField(editable=False)),
                (
                    "how",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "线上参加本支部学习"),
                            (2, "回本支部参加"),
                            (3, "在流入地党组织参加"),
                            (4, "寄送、发送学习材料自学"),
                            (5, "送学上门"),
                        ]
                    ),
                ),
                ("happened_on", models.DateField()),
                ("materials", paicha.vault.fields.SealedTextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("actor_id", models.UUIDField()),
                ("actor_name", models.CharField(max_length=40)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participations", to="register.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="campaigns.campaignunit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["committee_id", "unit", "member"], name="participation_member")],
            },
        ),
        ScopeTables("campaigns_filing", "campaigns_lookback", "campaigns_participation"),
    ]
