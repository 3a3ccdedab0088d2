"""intake owns the ways in (受理入口): how a need is reported, taken down at the desk, and found again by reference and phone.

Words: to *report* is what a resident does on the web, to *register* what the desk does for them; a phone is *proven* by a code.
"""
