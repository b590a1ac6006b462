"""The links of invitations to be there for somebody: a secret that nobody can guess, and that we do not keep."""

from django.urls import reverse


def address(secret: str) -> str:
    """Where an invitation is shown and answered."""
    return reverse("circles-open:invitation", kwargs={"secret": secret})
