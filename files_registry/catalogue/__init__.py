"""The personal-information file itself and its versions (法第75条の単票の各欄)."""
