//! YAML with places: the only address of the YAML parser.
