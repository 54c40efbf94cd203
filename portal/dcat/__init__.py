"""The catalogue in RDF: what is told of a dataset (describe), in which words (vocabulary), in which spelling."""
