"""What is done with people: accounts, sign-in, consents, the register and kinship."""

from .accounts import change_password as change_password
from .accounts import change_phone as change_phone
from .accounts import close_account as close_account
from .accounts import create_staff_account as create_staff_account
from .accounts import give_consent as give_consent
from .accounts import open_account as open_account
from .accounts import withdraw_consent as withdraw_consent
from .register import Entry as Entry
from .register import correct_person as correct_person
from .register import declare_kinship as declare_kinship
from .register import enter_people as enter_people
from .register import enter_person as enter_person
from .register import unmask as unmask
from .sign_in import begin_second_factor as begin_second_factor
from .sign_in import check_second_factor as check_second_factor
from .sign_in import confirm_second_factor as confirm_second_factor
from .sign_in import prove_code as prove_code
from .sign_in import send_code as send_code
