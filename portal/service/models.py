"""What the service stores: cases, their sealed contacts, the append-only events, idempotency keys, rate windows."""

from __future__ import annotations

import uuid

from django.db import models

from portal.service.domain.kinds import Kind


class Case(models.Model):
    """One thing that somebody sent. Text without contact is kept three years; `answers` holds the form's own fields.

    `number` is public and opens nothing; `receipt` is the keyed digest of the code that opens it. `due` and `cap` are
    the last days (Asia/Shanghai), None where the text sets no number; `provisional` while a year's notice is missing.
    `held` names why it waits for a person to look. `outcome` is the state that says what came of it, `opened` the
    dataset that came of a request; `title` and `result` are the staff's own words for the public, never the sender's;
    `notes` are what was written down with each move, for the desk alone.
    """

    number = models.CharField(max_length=24, unique=True)
    receipt = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    about = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    dataset = models.CharField(max_length=64, blank=True)
    release = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    answers = models.JSONField(default=dict)
    wants_reply = models.BooleanField(default=False)
    held = models.CharField(max_length=64, blank=True)
    via = models.CharField(max_length=8, default="form")
    lang = models.CharField(max_length=2, default="zh")
    received_at = models.DateTimeField()
    due = models.DateField(null=True)
    cap = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    cap_provisional = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    extended = models.BooleanField(default=False)
    outcome = models.CharField(max_length=32, blank=True)
    opened = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=100, blank=True)
    result = models.TextField(blank=True)
    notes = models.JSONField(default=list)

    class Meta:
        """Serials are unique in a year; the open ones are found by due date."""

        constraints = (models.UniqueConstraint(fields=("kind", "year", "serial"), name="case_serial"),)
        indexes = (models.Index(fields=("state", "due"), name="case_open"),)

    def __str__(self) -> str:
        return self.number


class Contact(models.Model):
    """How to reach who sent a case: sealed (AES-256-GCM, bound to row and case), erased when its term ends.

    `last_four` is a keyed digest of the characters that are asked for at look-up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="contact")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=24)
    sealed = models.BinaryField()
    last_four = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.id)


class Event(models.Model):
    """One link of the audit chain (domain/chain.py). Triggers of the database refuse to change or delete it."""

    seq = models.BigAutoField(primary_key=True)
    at = models.CharField(max_length=40)
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=16)
    case = models.CharField(max_length=64, blank=True)
    what = models.CharField(max_length=32)
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32, blank=True)
    fields = models.JSONField(default=list)
    prev = models.CharField(max_length=64, unique=True)
    mac = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.seq} {self.what}"


class Submission(models.Model):
    """An idempotency key that was used: the same key with the same content gets the same receipt again."""

    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class RateWindow(models.Model):
    """How often a neighbourhood (digest of a shortened address under the day's salt) did one thing in a window."""

    bucket = models.CharField(max_length=64)
    what = models.CharField(max_length=16)
    start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a window."""

        constraints = (models.UniqueConstraint(fields=("bucket", "what", "start"), name="rate_window"),)

    def __str__(self) -> str:
        return f"{self.what} {self.start}"
