"""publicity owns what everybody may read of a case (公开内容): the one exit to public pages, lists beside a form, Open311 and feeds.

Words: a case is *public* if it is about public things, was taken on and is not kept *private* by who asked.
"""
