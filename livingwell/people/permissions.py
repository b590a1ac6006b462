"""Who may see the pages that keep the network; refused by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.people.models import OF_ORGANIZATIONS, WITH_PEOPLE, Account, Membership, Role

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from livingwell.directory.models import Organization


def holds(user: AbstractBaseUser | AnonymousUser, *roles: Role, at: datetime) -> bool:
    """Whether this user holds one of the roles for the network now."""
    return (
        isinstance(user, Account)
        and Membership.objects.live(at).filter(account=user, organization=None, role__in=roles).exists()
    )


def sees_others(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> bool:
    """Whoever holds any role may come to see something of other people: a second step and short sessions for them."""
    return isinstance(user, Account) and Membership.objects.live(at).filter(account=user).exists()


def may_edit_the_directory(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> bool:
    """Editors change entries, merge them, and see how sources fare."""
    return holds(user, Role.EDITOR, at=at)


def may_invite_to(
    user: AbstractBaseUser | AnonymousUser, organization: Organization | None, *, at: datetime
) -> list[Role]:
    """The roles somebody may give and end: for the network (no organization named), or for one organization.

    A privacy lead may give any role; editors those who keep the directory, and providers. A provider may invite
    colleagues to their own organization, and those who work with people there.
    """
    if organization is None:
        if holds(user, Role.PRIVACY_LEAD, at=at):
            return [role for role in Role if role not in OF_ORGANIZATIONS]
        return [Role.EDITOR, Role.VERIFIER] if holds(user, Role.EDITOR, at=at) else []
    if holds(user, Role.PRIVACY_LEAD, at=at) or provides_for(user, organization, at=at):
        return [*WITH_PEOPLE, Role.PROVIDER]
    return [Role.PROVIDER] if holds(user, Role.EDITOR, at=at) else []


def provides_for(user: AbstractBaseUser | AnonymousUser, organization: Organization, *, at: datetime) -> bool:
    """Whether somebody acts for this organization as its provider."""
    return (
        isinstance(user, Account)
        and Membership.objects.live(at)
        .filter(account=user, organization=organization, role=Role.PROVIDER)
        .exists()
    )


def works_with_people(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> bool:
    """Whether somebody works with people for an organization, whichever."""
    return isinstance(user, Account) and Membership.objects.with_people(at).filter(account=user).exists()


def may_verify(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> bool:
    """Volunteers of the verification round, and editors, ring places and note what they heard."""
    return holds(user, Role.VERIFIER, Role.EDITOR, at=at)
