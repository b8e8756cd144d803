"""Who may do what with a file: grants, the rights that follow from them, openings, recertification (第11条)."""
