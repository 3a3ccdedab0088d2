"""database owns how often-asked questions are put to PostgreSQL and how rows are written without ceremony; it knows no city.

Words: a *prepared* query is worded once, by us and by the server; a row is *inserted* or *updated* plainly, as `Model.save` would write
it, by a statement worded once per model; what is written *together* goes over in one statement.
"""
