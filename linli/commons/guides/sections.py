"""Where apps above add to the guide of an item without being imported: services its buttons to apply.

`sections.register(order=10, template_name="services/of_item.html", context=lambda item, actor: {…} or None)`
"""

from linli.ground.ui.sections import Sections

from .models import Item

_sections: Sections[Item] = Sections()
register, sections_of = _sections.register, _sections.of
