//! Complaints about link.

codes! {}
