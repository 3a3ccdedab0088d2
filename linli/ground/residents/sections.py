"""Where other apps add to the register's pages without being imported.

`sections.register(order=20, template_name="doubles/of_person.html", context=lambda person, actor: {…} or None)` adds to the page of a
person at the desk, `register_above` to the buttons above the register, `register_own` to everybody's page of their own data.
"""

from linli.ground.people.models import Person
from linli.ground.ui.sections import Sections

_sections: Sections[Person] = Sections()
register, sections_of = _sections.register, _sections.of
_above: Sections[None] = Sections()
register_above, sections_above = _above.register, _above.of
_own: Sections[Person] = Sections()
register_own, own_sections = _own.register, _own.of
