"""overview owns the leader's view of cases (运行情况): how many of what, where, in which state, how many in time, month by month.

Words: a *tally* (计数) counts the cases of one sub-district, month, field and status; it is *stale* from an event on one of its cases until
it is counted again, within a minute. What is smaller than a sub-district is counted when somebody looks.
"""
