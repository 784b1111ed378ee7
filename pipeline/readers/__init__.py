"""Input files become frozen values with positions; every fault of a file is a finding, all at once."""
