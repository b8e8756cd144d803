"""The WSGI application. It does not serve with settings that `manage.py check` refuses."""

import os
import sys

from django.core.checks import Tags, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings")

application = get_wsgi_application()
faults = [fault for fault in run_checks(tags=[Tags.security, Tags.files]) if fault.is_serious()]
if faults:
    sys.exit("\n".join(str(fault) for fault in faults))
