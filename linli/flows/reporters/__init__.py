"""reporters owns how long the city says who brought a case (诉求人信息): kept as the rules say, copied to the person, forgotten."""
