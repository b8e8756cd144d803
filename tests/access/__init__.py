"""Every URL × every person of the cast × own, other and no unit: who may, who is refused how, and that refusals write
nothing."""
