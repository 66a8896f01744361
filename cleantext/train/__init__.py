"""Training of the models that come with the package: `python -m cleantext.train --help`. Needs the `train` extra."""
