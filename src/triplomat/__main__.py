"""`python -m triplomat`, the same as the command `triplomat`."""

from triplomat.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
