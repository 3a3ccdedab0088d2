"""notices owns what the city tells people: messages, and their delivery by SMS and e-mail. It follows the log.

Words: a *template* says which event is told to whom in which words; a *message* is one row of somebody's inbox; a *delivery* carries a
message (or a *digest* of a day's messages) over one channel; *dead* is what could not be delivered after the last try and waits for a
person.
"""
