"""What administrators do about ways in: invite, reset, unlock, close, hand over; and what the invited do: accept."""

from .bodies import change_delegate as change_delegate
from .bodies import open_for as open_for
from .keeping import close as close
from .keeping import close_own as close_own
from .keeping import invite_again as invite_again
from .keeping import issue as issue
from .keeping import reset as reset
from .keeping import unlock as unlock
from .links import Slip as Slip
from .links import accept as accept
from .staff import invite as invite
