"""standards are the open doors: what programs of other makers may read of the city and bring to it, in the words of a standard.

Open311 GeoReport v2 (`/open311/v2/`): a *service* is a category of needs that everybody may read, a *request* a case of it,
a *key* the API token of a post.
"""
