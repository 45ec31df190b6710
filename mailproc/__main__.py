"""`python -m mailproc`."""

from mailproc.cli import main

if __name__ == "__main__":
    main()
