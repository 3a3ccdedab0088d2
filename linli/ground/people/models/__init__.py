"""The facts about people: accounts, phone codes, the residents' register, households, kinship and declared figures."""

from .accounts import Account as Account
from .accounts import AccountKind as AccountKind
from .accounts import RecoveryCode as RecoveryCode
from .accounts import SecondFactor as SecondFactor
from .codes import PhoneCode as PhoneCode
from .codes import Purpose as Purpose
from .consents import Consent as Consent
from .households import Household as Household
from .households import Kinship as Kinship
from .households import Relation as Relation
from .personal import LegalBasis as LegalBasis
from .personal import PersonalData as PersonalData
from .register import Electoral as Electoral
from .register import Person as Person
from .register import Residence as Residence
from .register import Sex as Sex
from .register import Source as Source
from .register import Verification as Verification
