"""The links of invitations to be there for somebody: a secret that nobody can guess, and that we do not keep."""

import segno
from django.urls import reverse


def address(secret: str) -> str:
    """Where an invitation is shown and answered."""
    return reverse("circles-open:invitation", kwargs={"secret": secret})


def qr(link: str) -> str:
    """A square that a phone's camera reads, as an image in the page itself."""
    return segno.make(link, error="m", micro=False).svg_data_uri(border=2, light="#fff")
