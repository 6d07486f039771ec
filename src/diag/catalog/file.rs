//! Complaints about file.

codes! {}
