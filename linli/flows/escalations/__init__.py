"""escalations owns how a lead calls for a higher body (吹哨报到): whistled for, reported in, handed over or kept.

Words: the lead *whistles* (吹哨) for a higher body or a department, which *reports in* (报到): takes part, offers to lead, or says why not.
The first lead keeps the case (首接负责) unless the dispatcher *hands it over* (接手牵头).
"""
