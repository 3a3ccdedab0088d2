"""What people type to bring a need and to find it again."""

from .needs import ASKED as ASKED
from .needs import NeedForm as NeedForm
from .needs import RegisterForm as RegisterForm
from .needs import ReportForm as ReportForm
from .needs import question_fields as question_fields
from .proofs import CodeForm as CodeForm
from .proofs import FollowForm as FollowForm
