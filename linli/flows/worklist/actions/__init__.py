"""What is done from the list: filters kept, steps taken on many cases, files written."""

from .exports import ask as ask
from .exports import give_up as give_up
from .exports import remove_old as remove_old
from .exports import write as write
from .saved import remove as remove
from .saved import save as save
from .together import Outcome as Outcome
from .together import Result as Result
from .together import accept as accept
from .together import assign as assign
from .together import note as note
