"""Uploads and their files. The bytes lie encrypted beside the database and go when the upload expires."""

from django.db import models

from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class State(models.IntegerChoices):
    RECEIVED = 1, "待核对"
    APPLIED = 2, "已导入"
    UNDONE = 3, "已撤销"
    DISCARDED = 4, "已放弃"


class Upload(ScopedModel):
    """One or many files that came in together. `branch_id` is the branch that sends its own; null for the office's
    收表, whose forms name their branches themselves; `about_id` what it is for where its kind alone does not say it (a
    cohort of graduates). Applied, it is the batch that versions name."""

    kind = models.CharField(max_length=20)
    branch_id = models.UUIDField(null=True)
    about_id = models.UUIDField(null=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.PositiveSmallIntegerField(choices=State.choices, default=State.RECEIVED)
    decided_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["committee_id", "kind", "received_at"], name="upload_newest"),
            models.Index(fields=["committee_id", "expires_at"], name="upload_expiry"),
        )

    files: models.Manager["UploadedFile"]


class UploadedFile(ScopedModel):
    """One file as it came: its name, size in bytes and SHA-256; `blob` names its encrypted bytes, "" when they are
    gone."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    name = SealedTextField()
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    blob = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "upload"], name="file_upload"),)


class SavedColumns(ScopedModel):
    """Which column of a kind of list is what: its heading (normal form) → ours, "" for one that is not read."""

    kind = models.CharField(max_length=20)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "kind"], name="one_set_of_columns"),)
