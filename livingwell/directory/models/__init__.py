"""What is around: organizations, what they offer, where and when, in the words of HSDS 3.0 (Open Referral).

`organization`, `service`, `place`, `contact`, `taxonomy` hold what a directory says; `listing` holds what
is derived from it so that a search is quick. Source of fields: Human Services Data Specification 3.0, with
capacity from 3.1.
"""

from livingwell.directory.models.contact import Contact, Language, Phone
from livingwell.directory.models.doubles import Alike, Double, Merge, Thing, Verdict
from livingwell.directory.models.history import Hold, How, Version
from livingwell.directory.models.listing import (
    MAIN_THEMES,
    Edition,
    Listing,
    ListingTheme,
    PlaceName,
    Relisted,
    Word,
)
from livingwell.directory.models.looked_for import LookedFor
from livingwell.directory.models.organization import (
    Funding,
    Organization,
    OrganizationIdentifier,
    Program,
    Source,
)
from livingwell.directory.models.place import (
    Accessibility,
    Address,
    Location,
    LocationType,
    ServiceAtLocation,
)
from livingwell.directory.models.private import PrivateSite, SiteLook
from livingwell.directory.models.pull import Outcome, Pull, Way
from livingwell.directory.models.report import About, Report, ReportStatus
from livingwell.directory.models.schedule import BankHolidays, Frequency, Schedule
from livingwell.directory.models.service import (
    Assured,
    CostOption,
    Kind,
    RequiredDocument,
    Service,
    ServiceArea,
    ServiceCapacity,
    ServiceTheme,
    Status,
    TaggedBy,
)
from livingwell.directory.models.taxonomy import Attribute, Metadata, Taxonomy, TaxonomyTerm
from livingwell.directory.models.visit import Visit, VisitStatus

__all__ = [
    "MAIN_THEMES",
    "About",
    "Accessibility",
    "Address",
    "Alike",
    "Assured",
    "Attribute",
    "BankHolidays",
    "Contact",
    "CostOption",
    "Double",
    "Edition",
    "Frequency",
    "Funding",
    "Hold",
    "How",
    "Kind",
    "Language",
    "Listing",
    "ListingTheme",
    "Location",
    "LocationType",
    "LookedFor",
    "Merge",
    "Metadata",
    "Organization",
    "OrganizationIdentifier",
    "Outcome",
    "Phone",
    "PlaceName",
    "PrivateSite",
    "Program",
    "Pull",
    "Relisted",
    "Report",
    "ReportStatus",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceTheme",
    "SiteLook",
    "Source",
    "Status",
    "TaggedBy",
    "Taxonomy",
    "TaxonomyTerm",
    "Thing",
    "Verdict",
    "Version",
    "Visit",
    "VisitStatus",
    "Way",
    "Word",
]
