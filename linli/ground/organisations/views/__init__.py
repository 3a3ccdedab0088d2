"""The doors of the organisations for people: what stands where, keeping the record, the matrix."""
