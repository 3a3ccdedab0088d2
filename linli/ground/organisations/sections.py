"""Where other apps add to the page of a body without being imported: completeness what the rules find in it.

`sections.register(order=20, template_name="completeness/of_body.html", context=lambda body, actor: {…} or None)`
"""

from linli.ground.ui.sections import Sections

from .models import Body

_sections: Sections[Body] = Sections()
register, sections_of = _sections.register, _sections.of
