"""Where other apps add to the page of a person at the desk without being imported: doubles the way to merge two entries.

`sections.register(order=20, template_name="doubles/of_person.html", context=lambda person, actor: {…} or None)`
"""

from linli.ground.people.models import Person
from linli.ground.ui.sections import Sections

_sections: Sections[Person] = Sections()
register, sections_of = _sections.register, _sections.of
