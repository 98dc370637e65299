"""What a practitioner types: identifiers that must not be kept, words that mean danger, and choices spoken in words."""
