"""applicants owns how long the city says who applied for a service (申请人信息): kept as the rules say, copied to the person, forgotten."""
