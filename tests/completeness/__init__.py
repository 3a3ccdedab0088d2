"""What communities have, lack, have vacant or expired."""
