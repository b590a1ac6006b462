"""The names that columns go by: those of the plain list, and what else people call them."""

from __future__ import annotations

import re
from typing import Final

from livingwell.directory.feeds.tables import TABLES

_COLUMNS: Final = """
    id name organization organization_website charity_number description what_to_expect kind themes
    place_name address city postcode latitude longitude approximate online phone phone_note text_number
    email website days_and_times times_note cost cost_note how_to_get_in who_for minimum_age maximum_age
    step_free accessibility languages area confirmed_on confirmed_by alert invented confidential source_url
    company_number status ages contact_name contact_role contact_details coordinates easting northing
    country county days starts ends last_modified date first_day last_day
"""
COLUMNS: Final = tuple(_COLUMNS.split())
_ALSO: Final = {
    "id": "ref reference unique_id record_id service_id uid number no external_id fid",
    "name": "title course course_name class_name workshop workshop_title service service_name "
    "name_of_service name_of_group group group_name activity activity_name project project_name club class "
    "session event event_name service_title name_of_activity what_is_it_called program_name programme_name "
    "local_name",
    "organization": "org org_name operator managed_by organisation organisation_name organization_name "
    "provider provider_name run_by organiser organizer charity_name agency who_runs_it name_of_organisation "
    "name_of_organization lead_organisation company agency_name recipient_org_name",
    "organization_website": "organisation_website",
    "charity_number": "charity charity_no registered_charity_number charity_reg_no charity_registration "
    "recipient_org_charity_number",
    "company_number": "company_no companies_house_number company_reg_no charity_company_registration_number",
    "description": "about details summary what_we_do what_is_it service_description overview information "
    "about_us about_the_service what short_description activity_description more_information body content "
    "charity_activities activities long_description",
    "themes": "theme",
    "place_name": "asset asset_name building building_name facility facility_name premises property_name "
    "hall place venue venue_name location location_name where site site_name held_at",
    "address": "address_lines street address_1 address1 address_line_1 street_address full_address "
    "venue_address postal_address location_address address_line1 addr",
    "address_2": "address2 address_line_2 address_line2",
    "address_3": "address3 address_line_3 address_line3 locality",
    "city": "town town_city city_town post_town village",
    "county": "region state_province",
    "postcode": "post_code postal_code zip zip_code postcode_1 pcode venue_postcode post_code_1",
    "country": "country_name nation",
    "latitude": "lat y_lat latitude_y",
    "longitude": "long lng lon longitude_x",
    "easting": "eastings x x_coordinate grid_x",
    "northing": "northings y y_coordinate grid_y",
    "coordinates": "lat_long latlong lat_lng lat_lon latlng latitude_longitude geo coords gps geo_point_2d "
    "geo_point geopoint geolocation grid_reference grid_ref os_grid_reference ngr wkt geom point",
    "phone": "telephone tel phone_number telephone_number contact_number phone_no tel_no mobile "
    "telephone_no contact_phone contact_tel contact_telephone phone_1 telephone_1 phones landline "
    "mobile_number phone_2 telephone_2 contact_no phone_numbers helpline",
    "email": "e_mail email_address e_mail_address contact_email mail emails email_1 contact_email_address",
    "website": "web_site url web website_url web_address website_address link webpage web_page homepage "
    "websites site_url more_info_link",
    "contact_details": "details_of_contact contact_detail contact_us telecom contact_name_and_phone_number "
    "name_and_phone_number contact_name_and_number contact contacts contact_information contact_info "
    "how_to_contact phone_email get_in_touch to_book_contact",
    "phone_note": "telephone_comment phone_comment telephone_note telephone_notes phone_notes phone_details",
    "contact_name": "contact_person named_contact lead_contact key_contact lead",
    "contact_role": "job_title role contact_title contact_job_title",
    "days_and_times": "opening open_hours meets meeting_times meeting_time meeting_day_and_time "
    "hours_of_operation operating_hours meeting_details day_s_and_times times when opening_times "
    "opening_hours hours schedule time day_and_time day_time days_times day_s_and_time_s dates_and_times "
    "timetable session_times when_is_it when_and_where date_and_time open",
    "first_day": "start_date startdate event_date date_of_event session_date starts_on date_from from_date "
    "next_date first_session course_starts",
    "last_day": "end_date enddate ends_on date_to to_date last_session course_ends",
    "days": "day day_of_week weekday day_s day_of_the_week weekdays",
    "starts": "start_time start time_start from opens opens_at opening_time from_time begins",
    "ends": "end_time end finish_time finish to closes closes_at closing_time to_time time_end",
    "cost": "is_free free free_of_charge is_accessible_for_free subs subscription admission entry_fee "
    "price_gbp ticket_price price fee fees charge charges cost_per_session how_much costs price_per_session "
    "cost_in_pounds",
    "how_to_get_in": "referral how_to_refer referral_process booking how_to_book how_to_access access "
    "how_to_join referral_route application_process booking_required referral_method referral_required",
    "who_for": "who_can_come who_can_attend who_can_join open_to eligibility eligibility_criteria who "
    "who_is_it_for target_group target_audience audience who_can_use_it criteria eligibility_description "
    "suitable_for client_group who_can_go aimed_at",
    "ages": "age age_range age_group age_groups age_s",
    "minimum_age": "min_age age_from youngest from_age age_min lower_age",
    "maximum_age": "max_age age_to oldest to_age age_max upper_age",
    "step_free": "wheelchair wheelchair_access wheelchair_accessible step_free_access accessible",
    "accessibility": "facilities access_information accessibility_information access_notes",
    "languages": "language languages_spoken language_s",
    "area": "areas area_covered areas_covered catchment catchment_area coverage ward borough area_served",
    "confirmed_on": "last_checked last_verified checked_on date_checked verified assured_date date_verified "
    "last_confirmed",
    "last_modified": "last_updated updated date_updated modified last_edited updated_at modified_date",
    "confirmed_by": "checked_by verified_by",
    "alert": "notes note comments comment important",
    "status": "service_status current_status state live active registration_status "
    "charity_registration_status",
    "source_url": "source",
    "online": "virtual remote",
}
ALSO: Final = {other: ours for ours, others in _ALSO.items() for other in others.split()}
_ELSEWHERE: Final = """
    weekday opens_at closes_at start_date end_date closed original_text link_id resource_id vocabulary taxonomy
    taxonomy_id taxonomy_detail eligibility payment label title vocabulary_id parent_name address_3
    address_4 postal_code term
"""
KNOWN: Final = frozenset(
    [*COLUMNS, *ALSO, *_ALSO]
    + [name for table in TABLES.values() for name in (*table.fields, *table.references)]
    + _ELSEWHERE.split()
)  # fmt: skip
"""All names of columns that mean something in one format or another: by them a header is known."""
_WEAK: Final = """
    number no x y from to open group class event session state
    live where who what end start site lead role link access day note
"""
WEAK: Final = frozenset(_WEAK.split())
"""Words that name a column in a list, but prove nothing by themselves."""


def column(title: str) -> str:
    """A column's title as a field name: "Days and times" is days_and_times, "PostCode (UK)" post_code."""
    words = re.sub(r"\([^()]*\)", " ", title) if not title.strip().startswith("(") else title
    words = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", re.sub(r"[’']s\b", "", words))
    return "_".join(re.findall(r"[^\W_]+", words.lower()))
