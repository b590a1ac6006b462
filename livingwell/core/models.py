"""What every app shares and no app owns: so far, only how often something was asked."""

from typing import ClassVar

from django.db import models


class Rate(models.Model):
    """How often one caller did one thing in one stretch of time. The caller is a keyed hash that changes daily.

    The table is unlogged: after a crash of the database counting begins anew.
    """

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["until"])]

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%H:%M}"
