"""lists takes whole lists of residents into the register from a spreadsheet: template, comparison, preview, taken over or dropped.

Words: a *list* is a spreadsheet of residents, *staged* between preview and confirmation; a *reading* is what it would do, a *fault* what
is wrong in one cell. Loading the same list twice changes nothing.
"""
