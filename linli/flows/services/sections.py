"""Where apps above add to the page of an application: opinions who has a say. Registered like those of `guides.sections`."""

from linli.ground.ui.sections import Sections

from .models import Application

_sections: Sections[Application] = Sections()
register, sections_of = _sections.register, _sections.of
