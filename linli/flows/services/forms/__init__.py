"""What people type in services: applications and their steps."""

from .applications import ApplyForm as ApplyForm
from .applications import AskPapersForm as AskPapersForm
from .applications import CompleteForm as CompleteForm
from .applications import DecideForm as DecideForm
from .applications import ExtendForm as ExtendForm
from .applications import RateForm as RateForm
from .applications import RegisterForm as RegisterForm
from .applications import SeenForm as SeenForm
from .applications import WithdrawForm as WithdrawForm
