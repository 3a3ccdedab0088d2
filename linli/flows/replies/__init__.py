"""replies owns the reply templates (答复模板): kept for a body or a whole place, filled with the facts of a case, edited, then sent.

Words: a *reply* is one template; its *placeholders* ({称呼} {编号} …) come from a closed list; to *fill* it is to see it for one case.
"""
