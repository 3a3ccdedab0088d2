"""What is done in services: applications taken in and brought to their end."""

from .applications import ALONG as ALONG
from .applications import accept as accept
from .applications import ask_papers as ask_papers
from .applications import complete as complete
from .applications import decide as decide
from .applications import deem_accepted as deem_accepted
from .applications import deliver as deliver
from .applications import extend as extend
from .applications import rate as rate
from .applications import settle as settle
from .applications import withdraw as withdraw
from .intake import NoHandler as NoHandler
from .intake import receive as receive
from .personal import unmask as unmask
