"""The Django application of this package."""

from __future__ import annotations

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """Cases, events, contacts: label `service`."""

    name = "portal.service"
    label = "service"
    default_auto_field = "django.db.models.BigAutoField"
