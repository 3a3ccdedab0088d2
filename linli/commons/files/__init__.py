"""files owns uploads: what they really are, how large, whose they are, and who may see them.

Words: a *file* belongs to one thing of any app and is seen by those who see that thing; a *draft* is an upload of a form that was not
complete yet: it waits for its session for seven days; to *keep* drafts makes them files of a thing.
"""
