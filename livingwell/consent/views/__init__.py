"""The screens of consent: sharing, looks, reaching, emergencies, and the privacy lead's."""
