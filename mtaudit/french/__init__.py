"""What is true of French: tokens, lexicon, names, inflection, typography."""
