"""residents owns the doors of the residents' register and the rights of those in it: desk pages, lists, consent, copies, erasure.

Words: a *list* is a spreadsheet of residents, *staged* between preview and confirmation; a *request* is what a person asks about their
own data; a *hold* keeps somebody's data by law; a *look* is one reading of
somebody's full data. The facts themselves (persons, households) belong to people below.
"""
