"""dispatch owns how a case finds its lead (派单): sent back by one, ruled on by the dispatcher, given to another, helped by others.

Words: to *send back* (退回) is the lead's, to *designate* (裁定) the dispatcher's, and a final designation cannot be sent back;
a *co-handler* (协办单位) helps and reports to the lead, who stays the lead (首接负责).
"""
