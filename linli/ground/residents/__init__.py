"""residents owns the doors of the residents' register and the rights of those in it: desk pages, consent, copies, erasure.

Words: a *request* is what a person asks about their own data; a *hold* keeps somebody's data by law; a *look* is one reading of
somebody's full data. The facts themselves (persons, households) belong to people below; whole lists are taken in by lists above.
"""
