"""routing owns what needs are about and where they go: the categories (诉求类别) with their questions, and the ordered routes (派单规则).

Words: a *field of service* groups *categories*; a category has an *urgency*, which gives its time limit, and *questions*;
a *route* sends the needs that it matches to a *lead* and its *co-handlers*, and says why; the first that matches counts.
"""
