"""supports owns how cases about one matter belong together: who follows one (附议), what was merged (并案), what is part of a whole.

Words: a *matter* is what two needs have in common: category, community, and the object or the spot there; a *support* is somebody's word
that they need it too; to *merge* is to let one case be answered for another, to *split* takes that back; a *whole* waits for its *parts*
before it is answered.
"""
