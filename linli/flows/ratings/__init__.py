"""ratings owns what applications come to (办件统计、好差评): how many came in, how many were decided in time, how their applicants judge.

Words: *in time* is decided by the day that its clock says; what is overdue and undecided counts as not in time, so that nobody looks better
by not deciding. *Satisfied* is who said so of all who rated. Counted from the record alone, by the month in which an application came in.
"""
