//! Complaints about config.

codes! {}
