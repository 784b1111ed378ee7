"""The tests. (A package, because one that other packages install under this name would be found first.)"""
