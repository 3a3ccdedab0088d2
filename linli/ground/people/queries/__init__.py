"""What is asked about people: who stands behind a phone, who is related."""

from .persons import account_of_contact as account_of_contact
from .persons import contact_of as contact_of
from .persons import last_code as last_code
from .persons import locked_until as locked_until
from .persons import near_relatives as near_relatives
from .persons import near_relatives_among as near_relatives_among
from .persons import staff_account as staff_account
