"""What is asked about the register and the rights over one's own data."""

from .known import Known as Known
from .known import known_of as known_of
from .looks import Look as Look
from .looks import looks_at as looks_at
from .register import entry_of as entry_of
from .register import entry_with as entry_with
from .register import kin_of as kin_of
from .register import masked_register as masked_register
from .register import resident_of as resident_of
from .register import residents_of as residents_of
from .rights import consents_of as consents_of
from .rights import corrections_for as corrections_for
from .rights import hold_on as hold_on
from .rights import hold_to_tell as hold_to_tell
from .rights import holds_of as holds_of
from .rights import requests_of as requests_of
from .rights import waiting_requests as waiting_requests
