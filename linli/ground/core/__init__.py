"""core owns what every room leans on: the event log and its feed, lifecycle steps, references, crypto, money, clock and paging.

Words: an *event* is one thing that happened; the *feed* is the committed order of events; a *seal* signs the feed up to a position;
a *step* moves a thing from one status to another; a *reference* names a thing of any app without importing it.
"""
