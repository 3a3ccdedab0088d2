"""notices owns what the city tells people and partners: messages, their delivery by SMS and e-mail, and webhooks. It follows the log.

Words: a *template* says which event is told to whom in which words; a *message* is one row of somebody's inbox; a *delivery* carries a
message (or a *digest* of a day's messages) over one channel; a *subscription* is a partner's webhook; *dead* is what could not be
delivered after the last try and waits for a person.
"""
