"""The rules on recess data (families RES, ASP and PKR), one in a file each."""
