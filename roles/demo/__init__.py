"""The demonstration ward: 練馬区's real units, people who do not exist, and every way a seat is held."""
