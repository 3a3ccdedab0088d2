"""webhooks owns what the city tells partners' programs. It follows the log.

Words: a *subscription* is a partner's webhook: an address that hears the events of some verbs within one place; a *call* carries one event
to one partner, signed; what the partner does not take is tried later and later and at last waits, *dead*, for a person. Stands above
notices: calls leave the house like messages do, and administrators are told by message when a webhook has been paused.
"""
