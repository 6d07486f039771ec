//! Complaints about yaml.

codes! {}
