"""The English that was translated: laid beside the French, and asked to confirm findings."""
