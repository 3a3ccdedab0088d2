"""Where other apps add to the page of a place without being imported: completeness its chart, cases its figures.

`sections.register(order=20, template_name="completeness/of_place.html", context=lambda place, actor: {…} or None)`
"""

from linli.ground.ui.sections import Sections

from .models import Place

_sections: Sections[Place] = Sections()
register, sections_of = _sections.register, _sections.of
